-- synthetic 1.0.0, content b98b97f2452133c9f01a5a1dd02285767da955b27ce5c670756eef91eb2661d9.
-- Run it in this folder: duckdb corpus.db < load.sql

begin transaction;

create table articles (
  "doc_id" varchar not null,
  "title" varchar,
  "subtitle" varchar,
  "text" varchar not null,
  "language" varchar,
  "outlet" varchar,
  "author" varchar,
  "url" varchar,
  "published" date,
  "published_raw" varchar,
  "published_inferred" date,
  "published_evidence" varchar,
  "source_file" varchar,
  "raw" varchar,
  "raw_sha256" varchar,
  "text_sha256" varchar,
  "raw_map" struct("start" integer, "raw_start" integer, "length" integer)[] not null,
  "split" varchar not null,
  "duplicate_of" varchar,
  "labelled" boolean not null,
  "not_labelled" struct("start" integer, "end" integer)[],
  primary key ("doc_id")
);
comment on table articles is 'One row an article: its canonical text, what is known about it, and the raw file.';
comment on column articles."doc_id" is 'the article; the key that joins all tables';
comment on column articles."title" is 'the article''s title';
comment on column articles."subtitle" is 'the article''s subtitle';
comment on column articles."text" is 'the canonical text that all offsets point into: title, subtitle and body lines, joined by one line feed';
comment on column articles."language" is 'ISO 639-1 code';
comment on column articles."outlet" is 'who published the article';
comment on column articles."author" is 'the author as named on the page';
comment on column articles."url" is 'where the page was';
comment on column articles."published" is 'date of publication as stamped on the page';
comment on column articles."published_raw" is 'the date as the page prints it';
comment on column articles."published_inferred" is 'date of publication inferred from other evidence, where the stamped one is missing or wrong';
comment on column articles."published_evidence" is 'what the inferred date rests on';
comment on column articles."source_file" is 'name of the raw file';
comment on column articles."raw" is 'the raw file';
comment on column articles."raw_sha256" is 'SHA-256 of the raw file, hexadecimal';
comment on column articles."text_sha256" is 'SHA-256 of the canonical text as UTF-8, hexadecimal';
comment on column articles."raw_map" is 'which stretches of the text come from where in the raw file, in code points';
comment on column articles."split" is 'the split that the article belongs to';
comment on column articles."duplicate_of" is 'doc_id of the article that this one repeats';
comment on column articles."labelled" is 'whether the article has gold labels';
comment on column articles."not_labelled" is 'the regions of the text that nobody has labelled, in text order; null where all of it is';
insert into articles by name select * from read_parquet(['release/data/articles/test-00000-of-00001.parquet', 'release/data/articles/train-00000-of-00001.parquet'], hive_partitioning = false);

create table actors (
  "actor_id" varchar not null,
  "name_en" varchar,
  "name_ar" varchar,
  "aliases" varchar[] not null,
  "type" varchar not null,
  "country" varchar,
  "sector" varchar,
  "other_sectors" varchar[] not null,
  "wikidata" varchar,
  "members" varchar[] not null,
  primary key ("actor_id")
);
comment on table actors is 'One row an actor, or whatever mentions refer to, across all articles.';
comment on column actors."actor_id" is 'the actor; a key of the table actors';
comment on column actors."name_en" is 'English name';
comment on column actors."name_ar" is 'Arabic name';
comment on column actors."aliases" is 'further forms of the name as the texts have them';
comment on column actors."type" is 'type of the ontology: PER, ORG, GPE, GRP or LOC';
comment on column actors."country" is 'ISO 3166 alpha-3 code, or a code of the ontology for what is not a state';
comment on column actors."sector" is 'primary sector: one of 25';
comment on column actors."other_sectors" is 'further sectors: one of 25';
comment on column actors."wikidata" is 'Wikidata item, where it is certain';
comment on column actors."members" is 'actor_ids of a set''s members';
insert into actors by name select * from read_parquet(['release/data/actors/corpus-00000-of-00001.parquet'], hive_partitioning = false);

create table pass_mentions (
  "annotator" varchar not null,
  "doc_id" varchar not null,
  "mention_id" varchar not null,
  "start" integer not null,
  "end" integer not null,
  "fragments" struct("start" integer, "end" integer)[],
  "text" varchar not null,
  "head_start" integer,
  "head_end" integer,
  "type" varchar not null,
  "level" varchar,
  "actor_id" varchar,
  "metonym" boolean not null,
  primary key ("doc_id", "annotator", "mention_id"),
  foreign key ("doc_id") references articles ("doc_id")
);
comment on table pass_mentions is 'The mentions of each independent annotation pass, before adjudication.';
comment on column pass_mentions."annotator" is 'who made the pass';
comment on column pass_mentions."doc_id" is 'the article; the key that joins all tables';
comment on column pass_mentions."mention_id" is 'the mention; unique in its article';
comment on column pass_mentions."start" is 'first code point of the span in the article''s text';
comment on column pass_mentions."end" is 'code point after the span''s last';
comment on column pass_mentions."fragments" is 'the parts of a discontinuous span in text order; null when contiguous';
comment on column pass_mentions."text" is 'what stands in the article''s text at the span';
comment on column pass_mentions."head_start" is 'first code point of the head: the name or head noun inside the span';
comment on column pass_mentions."head_end" is 'code point after the head''s last';
comment on column pass_mentions."type" is 'type of the ontology: PER, ORG, GPE, GRP or LOC';
comment on column pass_mentions."level" is 'how it is mentioned: by name, description or pronoun: NAM, NOM or PRO';
comment on column pass_mentions."actor_id" is 'the actor, a key of the table actors; or the name of a cluster of mentions that the table does not have';
comment on column pass_mentions."metonym" is 'whether a name stands for something else, as that of a place for a government';
insert into pass_mentions by name select * from read_parquet(['release/data/pass_mentions/test-00000-of-00001.parquet', 'release/data/pass_mentions/train-00000-of-00001.parquet'], hive_partitioning = false);

create table pass_events (
  "annotator" varchar not null,
  "doc_id" varchar not null,
  "event_id" varchar not null,
  "start" integer not null,
  "end" integer not null,
  "fragments" struct("start" integer, "end" integer)[],
  "text" varchar not null,
  "type" varchar not null,
  "modes" varchar[] not null,
  "contexts" varchar[] not null,
  "cameo" varchar,
  "quad" integer not null,
  "realis" varchar,
  "auxiliaries" varchar[] not null,
  "hopper_id" varchar,
  "part_of" varchar,
  "source_mention_id" varchar,
  "cue_start" integer,
  "cue_end" integer,
  "quoted" boolean,
  primary key ("doc_id", "annotator", "event_id"),
  foreign key ("doc_id") references articles ("doc_id")
);
comment on table pass_events is 'The events of each independent annotation pass, before adjudication.';
comment on column pass_events."annotator" is 'who made the pass';
comment on column pass_events."doc_id" is 'the article; the key that joins all tables';
comment on column pass_events."event_id" is 'the event mention; unique in its article';
comment on column pass_events."start" is 'first code point of the span in the article''s text';
comment on column pass_events."end" is 'code point after the span''s last';
comment on column pass_events."fragments" is 'the parts of a discontinuous span in text order; null when contiguous';
comment on column pass_events."text" is 'the trigger as it stands in the article''s text';
comment on column pass_events."type" is 'type of the ontology: AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST, SANCTION, MOBILIZE, COERCE or ASSAULT';
comment on column pass_events."modes" is 'modes of the type';
comment on column pass_events."contexts" is 'what the event is about: one of 37';
comment on column pass_events."cameo" is 'CAMEO code as a crosswalk';
comment on column pass_events."quad" is 'quad class of the type, 0 where the ontology has none: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict or 4 material conflict';
comment on column pass_events."realis" is 'whether the event takes place: actual or other';
comment on column pass_events."auxiliaries" is 'when it takes place, or why it does not: historical, future, hypothetical or negation';
comment on column pass_events."hopper_id" is 'the happening; event mentions of one happening share it, across articles too';
comment on column pass_events."part_of" is 'hopper_id of the happening that this one is part of';
comment on column pass_events."source_mention_id" is 'mention of the one who reports the event; null where the author does';
comment on column pass_events."cue_start" is 'first code point of the reporting verb';
comment on column pass_events."cue_end" is 'code point after the reporting verb''s last';
comment on column pass_events."quoted" is 'whether the event stands inside quotation marks; null without attribution';
insert into pass_events by name select * from read_parquet(['release/data/pass_events/test-00000-of-00001.parquet', 'release/data/pass_events/train-00000-of-00001.parquet'], hive_partitioning = false);

create table pass_arguments (
  "annotator" varchar not null,
  "doc_id" varchar not null,
  "event_id" varchar not null,
  "role" varchar not null,
  "mention_id" varchar,
  "target_event_id" varchar,
  "start" integer,
  "end" integer,
  "text" varchar,
  "value" varchar,
  foreign key ("doc_id") references articles ("doc_id")
);
comment on table pass_arguments is 'The arguments of each independent annotation pass, before adjudication.';
comment on column pass_arguments."annotator" is 'who made the pass';
comment on column pass_arguments."doc_id" is 'the article; the key that joins all tables';
comment on column pass_arguments."event_id" is 'the event that the argument belongs to';
comment on column pass_arguments."role" is 'role of the ontology: ACTOR, RECIPIENT, INITIATOR, HOST, TOPIC, LOCATION or TIME';
comment on column pass_arguments."mention_id" is 'the mention that fills the role';
comment on column pass_arguments."target_event_id" is 'the event that fills the role';
comment on column pass_arguments."start" is 'first code point of the span in the article''s text';
comment on column pass_arguments."end" is 'code point after the span''s last';
comment on column pass_arguments."text" is 'what stands in the article''s text at the span';
comment on column pass_arguments."value" is 'ISO 8601 value of a time; null when the text is vague';
insert into pass_arguments by name select * from read_parquet(['release/data/pass_arguments/test-00000-of-00001.parquet', 'release/data/pass_arguments/train-00000-of-00001.parquet'], hive_partitioning = false);

create table mentions (
  "doc_id" varchar not null,
  "mention_id" varchar not null,
  "start" integer not null,
  "end" integer not null,
  "fragments" struct("start" integer, "end" integer)[],
  "text" varchar not null,
  "head_start" integer,
  "head_end" integer,
  "type" varchar not null,
  "level" varchar,
  "actor_id" varchar,
  "metonym" boolean not null,
  primary key ("doc_id", "mention_id"),
  foreign key ("doc_id") references articles ("doc_id"),
  foreign key ("actor_id") references actors ("actor_id")
);
comment on table mentions is 'One row a mention.';
comment on column mentions."doc_id" is 'the article; the key that joins all tables';
comment on column mentions."mention_id" is 'the mention; unique in its article';
comment on column mentions."start" is 'first code point of the span in the article''s text';
comment on column mentions."end" is 'code point after the span''s last';
comment on column mentions."fragments" is 'the parts of a discontinuous span in text order; null when contiguous';
comment on column mentions."text" is 'what stands in the article''s text at the span';
comment on column mentions."head_start" is 'first code point of the head: the name or head noun inside the span';
comment on column mentions."head_end" is 'code point after the head''s last';
comment on column mentions."type" is 'type of the ontology: PER, ORG, GPE, GRP or LOC';
comment on column mentions."level" is 'how it is mentioned: by name, description or pronoun: NAM, NOM or PRO';
comment on column mentions."actor_id" is 'the actor, a key of the table actors; or the name of a cluster of mentions that the table does not have';
comment on column mentions."metonym" is 'whether a name stands for something else, as that of a place for a government';
insert into mentions by name select * from read_parquet(['release/data/mentions/test-00000-of-00001.parquet', 'release/data/mentions/train-00000-of-00001.parquet'], hive_partitioning = false);

create table events (
  "doc_id" varchar not null,
  "event_id" varchar not null,
  "start" integer not null,
  "end" integer not null,
  "fragments" struct("start" integer, "end" integer)[],
  "text" varchar not null,
  "type" varchar not null,
  "modes" varchar[] not null,
  "contexts" varchar[] not null,
  "cameo" varchar,
  "quad" integer not null,
  "realis" varchar,
  "auxiliaries" varchar[] not null,
  "hopper_id" varchar,
  "part_of" varchar,
  "source_mention_id" varchar,
  "cue_start" integer,
  "cue_end" integer,
  "quoted" boolean,
  primary key ("doc_id", "event_id"),
  foreign key ("doc_id") references articles ("doc_id"),
  foreign key ("doc_id", "source_mention_id") references mentions ("doc_id", "mention_id")
);
comment on table events is 'One row a mention of an event.';
comment on column events."doc_id" is 'the article; the key that joins all tables';
comment on column events."event_id" is 'the event mention; unique in its article';
comment on column events."start" is 'first code point of the span in the article''s text';
comment on column events."end" is 'code point after the span''s last';
comment on column events."fragments" is 'the parts of a discontinuous span in text order; null when contiguous';
comment on column events."text" is 'the trigger as it stands in the article''s text';
comment on column events."type" is 'type of the ontology: AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST, SANCTION, MOBILIZE, COERCE or ASSAULT';
comment on column events."modes" is 'modes of the type';
comment on column events."contexts" is 'what the event is about: one of 37';
comment on column events."cameo" is 'CAMEO code as a crosswalk';
comment on column events."quad" is 'quad class of the type, 0 where the ontology has none: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict or 4 material conflict';
comment on column events."realis" is 'whether the event takes place: actual or other';
comment on column events."auxiliaries" is 'when it takes place, or why it does not: historical, future, hypothetical or negation';
comment on column events."hopper_id" is 'the happening; event mentions of one happening share it, across articles too';
comment on column events."part_of" is 'hopper_id of the happening that this one is part of';
comment on column events."source_mention_id" is 'mention of the one who reports the event; null where the author does';
comment on column events."cue_start" is 'first code point of the reporting verb';
comment on column events."cue_end" is 'code point after the reporting verb''s last';
comment on column events."quoted" is 'whether the event stands inside quotation marks; null without attribution';
insert into events by name select * from read_parquet(['release/data/events/test-00000-of-00001.parquet', 'release/data/events/train-00000-of-00001.parquet'], hive_partitioning = false);

create table arguments (
  "doc_id" varchar not null,
  "event_id" varchar not null,
  "role" varchar not null,
  "mention_id" varchar,
  "target_event_id" varchar,
  "start" integer,
  "end" integer,
  "text" varchar,
  "value" varchar,
  foreign key ("doc_id", "event_id") references events ("doc_id", "event_id"),
  foreign key ("doc_id", "mention_id") references mentions ("doc_id", "mention_id"),
  foreign key ("doc_id", "target_event_id") references events ("doc_id", "event_id")
);
comment on table arguments is 'One row a filled role of an event.';
comment on column arguments."doc_id" is 'the article; the key that joins all tables';
comment on column arguments."event_id" is 'the event that the argument belongs to';
comment on column arguments."role" is 'role of the ontology: ACTOR, RECIPIENT, INITIATOR, HOST, TOPIC, LOCATION or TIME';
comment on column arguments."mention_id" is 'the mention that fills the role';
comment on column arguments."target_event_id" is 'the event that fills the role';
comment on column arguments."start" is 'first code point of the span that fills the role';
comment on column arguments."end" is 'code point after the span''s last';
comment on column arguments."text" is 'what stands in the article''s text at the span';
comment on column arguments."value" is 'ISO 8601 value of a time; null when the text is vague';
insert into arguments by name select * from read_parquet(['release/data/arguments/test-00000-of-00001.parquet', 'release/data/arguments/train-00000-of-00001.parquet'], hive_partitioning = false);

create view participants as
select e.doc_id, e.event_id, e.hopper_id, e.type, e.modes, e.realis, a.role,
  m.mention_id, m.text, m.actor_id, x.name_en, x.name_ar, x.type as actor_type, x.country, x.sector
from events e
join arguments a using (doc_id, event_id)
join mentions m on m.doc_id = a.doc_id and m.mention_id = a.mention_id
left join actors x on x.actor_id = m.actor_id;
comment on view participants is 'One row a mention that fills a role of an event, with its actor.';

create view hoppers as
select hopper_id, min(type) as type, min(part_of) as part_of, count(*) as mentions,
  count(distinct doc_id) as articles, bool_or(realis = 'actual') as happened
from events where hopper_id is not null group by hopper_id;
comment on view hoppers is 'One row a happening, over all its mentions.';

create view calls as
with persons as ( -- a set of actors, such as "the two presidents", is its members
  select x.actor_id, unnest(case when len(x.members) > 0 then x.members else [x.actor_id] end) as person from actors x
)
select e.hopper_id,
  list_sort(list_distinct(list(p.name_en) filter (where a.role = 'ACTOR' and p.name_en is not null))) as participants,
  list_sort(list_distinct(list(p.name_en) filter (where a.role = 'INITIATOR' and p.name_en is not null))) as rang,
  list_sort(list_distinct(list(a.value) filter (where a.role = 'TIME' and a.value is not null))) as dates,
  min(coalesce(d.published_inferred, d.published)) as reported,
  list_sort(list_distinct(list(e.doc_id))) as articles
from events e
join articles d using (doc_id)
left join arguments a on a.doc_id = e.doc_id and a.event_id = e.event_id
left join mentions m on m.doc_id = a.doc_id and m.mention_id = a.mention_id
left join persons s on s.actor_id = m.actor_id
left join actors p on p.actor_id = s.person
where e.type = 'CONSULT' and list_contains(e.modes, 'phone') and e.realis = 'actual' and e.hopper_id is not null
group by e.hopper_id;
comment on view calls is 'Telephone calls that took place: who took part, who rang, on which dates, when it was first reported.';

commit;
