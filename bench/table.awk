# Prints the table of scripts/bench.sh from lines of row, who, value. A row that
# has several peers takes one line for each.
BEGIN {
  FS = "\t"
  # row, what, unit, goal, and whether less is better
  row("spans_short", "score spans, 1,000 articles x 100, four schemes, one core", "gold spans/s", ">= 3M")
  row("spans_long", "score spans, 50 articles x 2,000, four schemes, one core", "gold spans/s", ">= 2/3 of the row above")
  row("coref", "coreference: MUC, B3, CEAFe, LEA, one core", "mentions/s", ">= 1M")
  row("bootstrap", "bootstrap of one figure (P, R, F1), 1,000 articles", "resamples/s", "")
  row("bootstrap_run", "10,000 resamples, 1,000 articles, all default metrics", "s", "<= 1")
  row("score", "dataset score from Parquet, 10,000 articles, 1M + 1M mentions, four schemes", "gold spans/s", ">= 2M")
  row("score_memory", "its peak memory", "MB", "< 300")
  row("score_default", "the same with the default metrics and intervals", "gold spans/s", "")
  row("score_default_memory", "its peak memory", "MB", "< 150")
  row("score_jsonl", "predictions from JSON Lines, four schemes", "gold spans/s", "")
  row("score_jsonl_memory", "its peak memory", "MB", "< 300")
  row("write", "write 20,000 articles, 63 MB of text, zstd", "articles/s", ">= DuckDB")
  row("build", "dataset build, 100,000 articles of JSON Lines, 330 MB", "articles/s", "")
  row("build_lean", "the same without looking for near-duplicates", "articles/s", "")
  row("build_memory", "its peak memory, with near-duplicates", "MB", "< 300")
}
function row(key, what, unit, goal) { keys[++n] = key; whats[key] = what; units[key] = unit; goals[key] = goal }
$2 == "ours" { ours[$1] = $3; next }
{ peers[$1] = peers[$1] $2 "\t" $3 "\n" }
function human(v) {
  if (v >= 1e6) return sprintf("%.2fM", v / 1e6)
  if (v >= 1e4) return sprintf("%.0fk", v / 1e3)
  if (v >= 1e3) return sprintf("%.1fk", v / 1e3)
  if (v >= 10) return sprintf("%.0f", v)
  return sprintf("%.2f", v)
}
function line(a, b, c, d, e, f) { cell[++m, 1] = a; cell[m, 2] = b; cell[m, 3] = c; cell[m, 4] = d; cell[m, 5] = e; cell[m, 6] = f }
END {
  line("what", "unit", "ours", "peer", "ratio", "goal")
  for (i = 1; i <= n; i++) {
    key = keys[i]
    if (!(key in ours)) continue
    count = split(peers[key], list, "\n") - 1
    if (count < 1) line(whats[key], units[key], human(ours[key]), "", "", goals[key])
    for (k = 1; k <= count; k++) {
      split(list[k], part, "\t")
      line(k == 1 ? whats[key] : "", k == 1 ? units[key] : "", k == 1 ? human(ours[key]) : "",
        human(part[2]) " " part[1], human(ours[key] / part[2]) "x", k == 1 ? goals[key] : "")
    }
  }
  for (i = 1; i <= m; i++) for (j = 1; j <= 6; j++) if (length(cell[i, j]) > width[j]) width[j] = length(cell[i, j])
  for (i = 1; i <= m; i++) {
    text = ""
    for (j = 1; j <= 6; j++) text = text sprintf("%-" width[j] "s%s", cell[i, j], j < 6 ? "  " : "")
    sub(/ +$/, "", text)
    print text
  }
}
