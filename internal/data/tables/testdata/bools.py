# Writes bools-*.parquet: 3,000 rows in pages of a few hundred, with pyarrow 22.
import pyarrow as pa, pyarrow.parquet as pq

n = 3000
value = [i // 50 % 2 == 0 if i < 1000 else i * 7919 % 13 < 5 if i < 2000 else True for i in range(n)]
maybe = [None if i % 11 == 3 else v for i, v in enumerate(value)]
schema = pa.schema([pa.field("value", pa.bool_(), nullable=False), pa.field("maybe", pa.bool_())])
table = pa.table([pa.array(value), pa.array(maybe)], schema=schema)
for name, options in {
    "v1-plain": dict(data_page_version="1.0"),
    "v2-rle-zstd": dict(data_page_version="2.0", compression="zstd"),
    "v2-plain-snappy": dict(data_page_version="2.0", compression="snappy", column_encoding={"value": "PLAIN", "maybe": "PLAIN"}),
    "v1-rle-gzip": dict(data_page_version="1.0", compression="gzip", column_encoding={"value": "RLE", "maybe": "RLE"}),
}.items():
    pq.write_table(table, f"bools-{name}.parquet", use_dictionary=False, data_page_size=128, write_batch_size=256, **{"compression": "none", **options})
