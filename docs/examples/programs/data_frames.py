"""Summaries from data frames, with a row for each community and a row for each training session; reports as frames."""

import tempfile

import pandas
import polars

import kepu_docs

communities = pandas.DataFrame(
    {
        "社区名称": ["试验社区", "示例社区", "样本社区"],
        "社区编码": ["00001", "00002", "00003"],
        "时间": [2025, 2025, 2025],
        "居民人数": [8600, None, "很多"],
    }
)
sessions = polars.DataFrame(
    {
        "code": ["00001", "00001", "00002"],
        "topic": ["应急救护", "防灾减灾", "健康生活"],
        "attendance": [60, 35, 40],
    }
)

if __name__ == "__main__":
    records = kepu_docs.tables({"communities": communities, "training.sessions": sessions})
    with tempfile.TemporaryDirectory() as folder:
        report = kepu_docs.render_batch(records, folder, formats=["docx", "txt"])
        rows = pandas.DataFrame(report.rows())
        print(rows[["record", "community", "status"]].to_string(index=False))
        print(polars.DataFrame(report.rows())["faults"].explode().drop_nulls().to_list())
    print(kepu_docs.rollup(communities.head(2), name="试验区").number)
