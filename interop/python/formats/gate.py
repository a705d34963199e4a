"""GATE XML against gatenlp, which reads it: the same spans and features."""

from xml.sax.saxutils import escape

from gatenlp import Document

from . import MENTIONS, TEXT, same


def units(at):
    """GATE counts UTF-16 code units, as Java does."""
    return len(TEXT[:at].encode("utf-16-le")) // 2


def check(files):
    places = sorted({p for m in MENTIONS for p in (m["start"], m["end"])} | {0, len(TEXT)})
    text = "".join(f'<Node id="{units(a)}"/>{escape(TEXT[a:b])}' for a, b in zip(places, places[1:])) + f'<Node id="{units(len(TEXT))}"/>'
    feature = '<Feature><Name className="java.lang.String">level</Name><Value className="java.lang.String">{}</Value></Feature>'
    annotations = "".join(
        f'<Annotation Id="{i}" Type="{m["type"]}" StartNode="{units(m["start"])}" EndNode="{units(m["end"])}">{feature.format(m["level"]) if "level" in m else ""}</Annotation>'
        for i, m in enumerate(MENTIONS))
    path = files.folder / "made" / "a.xml"
    path.write_text("<?xml version='1.0' encoding='UTF-8'?>\n<GateDocument version=\"3\"><GateDocumentFeatures></GateDocumentFeatures>"
                    f'<TextWithNodes>{text}</TextWithNodes><AnnotationSet Name="Key">{annotations}</AnnotationSet></GateDocument>', encoding="utf-8")
    theirs = Document.load(str(path), fmt="gatexml")
    ours = files.read(path, "made")["a"]
    same("gatenlp", sorted((m["start"], m["end"], m["text"], m["type"], m.get("level", "")) for m in ours["mentions"]),
         sorted((a.start, a.end, theirs[a], a.type, a.features.get("level", "")) for a in theirs.annset("Key")))
