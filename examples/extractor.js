// Marks country names. Articles come in and annotations go out, one JSON object a line.
// JavaScript counts UTF-16 units; offsets are code points, so what stands before a match is counted with [...].
const countries = /روسيا|فرنسا|سوريا|مصر|إسرائيل|تركيا|إيران|السعودية|أوكرانيا/g;

require("readline").createInterface({ input: process.stdin, crlfDelay: Infinity }).on("line", (line) => {
  const { doc_id, text } = JSON.parse(line);
  const mentions = [...text.matchAll(countries)].map((m) => {
    const start = [...text.slice(0, m.index)].length;
    return { start, end: start + [...m[0]].length, text: m[0], type: "GPE", level: "NAM" };
  });
  console.log(JSON.stringify({ doc_id, mentions }));
});
