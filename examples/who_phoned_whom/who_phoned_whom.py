"""Who phoned whom, and when? Every telephone call that the articles report as
having taken place, from the tables of a release, and a plot of them.

usage: who_phoned_whom.py RELEASE [PLOT.svg]
"""

import sys

import pandas as pd

release = sys.argv[1]
articles, mentions, actors, events, arguments = (
    pd.read_parquet(f"{release}/data/{table}") for table in ("articles", "mentions", "actors", "events", "arguments"))
actors = actors.set_index("actor_id")

# A call is an event of type CONSULT with the mode "phone". "actual" leaves out
# calls that were only promised or denied.
calls = events[(events.type == "CONSULT") & (events.realis == "actual") & events.modes.map(lambda modes: "phone" in modes)]

# What fills a role is a mention; its actor says who that is.
roles = calls[["doc_id", "event_id", "hopper_id"]].merge(arguments.drop(columns=["start", "end", "text"]), on=["doc_id", "event_id"])
roles = roles.merge(mentions[["doc_id", "mention_id", "actor_id"]], on=["doc_id", "mention_id"], how="left")


def names(ids):
    """The names of actors; a set, such as "the two presidents", is its members."""
    single = set()
    for actor in ids.dropna():
        members = actors.members[actor]
        single.update(members if len(members) else [actor])
    return sorted(actors.name_en[actor] for actor in single)


# One happening may be mentioned many times, in several articles: the hopper
# holds its mentions together.
rows = []
for hopper, call in calls.groupby("hopper_id"):
    filled = roles[roles.hopper_id == hopper]
    # A call of a series without a date of its own has the series' date.
    dated = roles[(roles.role == "TIME") & roles.value.notna()]
    own, series = dated[dated.hopper_id == hopper], dated[dated.hopper_id.isin(call.part_of.dropna())]
    dates = sorted(set((own if len(own) else series).value))
    stamps = articles[articles.doc_id.isin(call.doc_id)]
    reported = stamps.published_inferred.fillna(stamps.published).min()
    rows.append({
        "when": ", ".join(dates) or f"reported {reported}",
        "who": " – ".join(names(filled[filled.role == "ACTOR"].actor_id)),
        "mentions": len(call),
        "rang": ", ".join(names(filled[filled.role == "INITIATOR"].actor_id)),
        "told": f"mentions {len(call)}, articles {call.doc_id.nunique()}" + (", a series of calls" if (events.part_of == hopper).any() else ""),
    })
rows.sort(key=lambda row: (row["when"].removeprefix("reported "), row["who"]))
for row in rows:
    print(f"{row['when']:20} {row['who']}{' (rang: ' + row['rang'] + ')' if row['rang'] else ''}: {row['told']}")


def plot(path):
    """Who talked to whom on which day: a dot a call, larger the oftener it is
    mentioned, hollow where only the day of the report is known."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "mizan"  # the same rows, the same file
    import matplotlib.pyplot as plt

    days = sorted({row["when"].removeprefix("reported ") for row in rows})
    names = list(dict.fromkeys(row["who"] for row in rows))
    figure, axes = plt.subplots(figsize=(9, 0.45 * len(names) + 1.2), layout="constrained")
    for row in rows:
        reported = row["when"].startswith("reported ")
        axes.scatter(days.index(row["when"].removeprefix("reported ")), names.index(row["who"]), s=60 * row["mentions"],
                     facecolors="none" if reported else "tab:blue", edgecolors="tab:blue")
    axes.set_xticks(range(len(days)), days)
    axes.set_yticks(range(len(names)), [name if len(name) < 60 else name[:57] + "…" for name in names])
    axes.set_xlim(-0.5, len(days) - 0.5)
    axes.invert_yaxis()
    axes.grid(alpha=0.3)
    axes.set_title("Telephone calls by day (hollow: day of the report; size: mentions)", fontsize=10)
    figure.savefig(path, metadata={"Date": None})


if len(sys.argv) > 2:
    plot(sys.argv[2])
