#!/bin/sh
# Marks country names, with nothing but a POSIX shell and sed. It gives the
# surface text and no offsets: the toolkit then finds the place in the article.
# The JSON is searched as text, which is good enough for an example only.
while IFS= read -r line; do
  id=$(printf '%s\n' "$line" | sed 's/^{"doc_id":"\([^"]*\)".*/\1/')
  mentions=
  for country in روسيا فرنسا سوريا مصر إسرائيل تركيا إيران السعودية أوكرانيا; do
    case $line in
    *"$country"*) mentions="$mentions,{\"text\":\"$country\",\"type\":\"GPE\",\"level\":\"NAM\"}" ;;
    esac
  done
  printf '{"doc_id":"%s","mentions":[%s]}\n' "$id" "${mentions#,}"
done
