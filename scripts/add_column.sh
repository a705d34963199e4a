#!/bin/sh
# add_column.sh: adds a column to the table mentions without touching the working
# tree, by an overlay of three files, builds the program, and shows that everything
# which should know the column does. docs/architecture.md says the same number.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$(pwd)
entries=

# edit PATH SED: the file at PATH, edited, is that of the overlay.
edit() {
  sed "$2" "$1" >"$work/edited"
  ! cmp -s "$1" "$work/edited" || { echo "add_column: nothing to edit in $1" >&2; exit 1; }
  put "$1" <"$work/edited"
}

# put PATH: what stands on stdin is the file at PATH of the overlay.
put() {
  name="$work/$(echo "$1" | tr / _)"
  cat >"$name"
  entries="$entries${entries:+,}\"$root/$1\":\"$name\""
}

# A column: a member, its entry in the table of fields, the schema's version.
edit schema/annotation.go 's|^\tMetonym   bool .*|&\n\tCertainty string|'
edit internal/field/fields.go 's|^\t\t\tflag("metonym".*|&\n\t\t\ttext("certainty", Nullable\|Repeating\|Attribute, func(m *schema.Mention) *string { return \&m.Certainty }, "how sure the annotator was"),|'
edit schema/version.go 's|SchemaVersion = "1.1.0"|SchemaVersion = "1.2.0"|'

echo "{\"Replace\":{$entries}}" >"$work/overlay.json"
"${GO:-go}" build -overlay "$work/overlay.json" -o "$work/dataset" ./cmd/dataset
bin="$work/dataset"
cd "$work"

# has FILE WORD: the file has the word.
has() { grep -q -- "$2" "$1" || { echo "add_column: no $2 in $1" >&2; exit 1; }; }

mkdir labels
echo 'The minister met the ambassador in the capital on Tuesday.' >page.txt
cat >labels/page.json <<'JSON'
{"doc_id": "page", "mentions": [{"mention_id": "m1", "start": 0, "end": 12, "text": "The minister", "type": "PER", "level": "NOM", "actor_id": "a", "certainty": "low"}]}
JSON
echo '[{"actor_id": "a", "name_en": "the minister", "type": "PER"}]' >labels/actors.json
"$bin" build --articles page.txt --labels labels --name added -o release >build.txt 2>&1 || { cat build.txt >&2; exit 1; }
"$bin" verify release >/dev/null
for f in README.md croissant.json datapackage.json; do has release/$f certainty; done
"$bin" export --release release --to csv -o csv >/dev/null 2>&1 && has csv/mentions.csv certainty && has csv/mentions.csv low
"$bin" export --release release --to duckdb -o duckdb >/dev/null 2>&1 && has duckdb/load.sql certainty
for form in jsonl brat parquet; do
  "$bin" convert --from parquet release --to $form -o back.$form --release release >/dev/null 2>&1
  "$bin" convert --from $form back.$form --to jsonl -o $form.jsonl --release release >/dev/null 2>&1
  has $form.jsonl '"certainty":"low"'
done
echo "a column: 3 files (its member, its entry, the schema's version)"
