"""Who phoned whom, and when? Every telephone call that the articles report as
having taken place, from the tables of a release.

usage: who_phoned_whom.py RELEASE
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
        "rang": ", ".join(names(filled[filled.role == "INITIATOR"].actor_id)),
        "told": f"mentions {len(call)}, articles {call.doc_id.nunique()}" + (", a series of calls" if (events.part_of == hopper).any() else ""),
    })
for row in sorted(rows, key=lambda row: (row["when"].removeprefix("reported "), row["who"])):
    print(f"{row['when']:20} {row['who']}{' (rang: ' + row['rang'] + ')' if row['rang'] else ''}: {row['told']}")
