"""pandas over the same rows, with and without the time to read them."""

import pandas

from benchmarks import oracle, rows
from benchmarks.engines.base import Engine
from benchmarks.engines.sql import whole_ledger

OUTSIDE = 0  # groupby would drop rows without a programme; 0 is no primary key
COLUMNS = ["id", "key", "programme", "source", "amount_gr", "day"]


class Pandas(Engine):
    """Two frames: lines and tags of lines. Amounts are whole grosze here too."""

    def load(self) -> None:
        """Read the rows from the house's database and make frames of them."""
        self.names, found, tagged = whole_ledger()
        self.entered = 0
        self.frame = pandas.DataFrame(found, columns=COLUMNS)
        self.frame["programme"] = self.frame["programme"].fillna(OUTSIDE).astype("int64")
        self.tagged = pandas.DataFrame(tagged, columns=["id", "tag"])

    def matrix(self) -> oracle.Sums:
        """Two groupings; rows, columns and the whole are added up from the cells."""
        cells = self.frame.groupby(["programme", "source"])["amount_gr"].agg(["sum", "count"])
        tags = self.tagged.merge(self.frame[["id", "amount_gr"]], on="id").groupby("tag")["amount_gr"]
        return self.names.sums(
            [(p or None, s, total, count) for (p, s), total, count in cells.itertuples()],
            list(tags.agg(["sum", "count"]).itertuples()),
        )

    def drill(self, where: dict) -> dict:
        """A count and the first page."""
        frame = self.frame
        if "tag" in where:
            tagged = self.tagged[self.tagged["tag"] == self.names.tag_pks[where["tag"]]]
            frame = frame[frame["id"].isin(tagged["id"])]
        elif where:
            programme = self.names.programme_pks[where["programme"]]
            source = self.names.source_pks[where["source"]]
            frame = frame[(frame["programme"] == programme) & (frame["source"] == source)]
        page = frame.sort_values(["day", "id"]).head(oracle.PAGE)
        return {"rows": [[k, int(gr)] for k, gr in zip(page["key"], page["amount_gr"], strict=True)],
                "count": len(frame)}  # fmt: skip

    def new_line(self) -> oracle.Sums:
        """A frame with one more row, and every sum again; nothing is written to a disk."""
        line = rows.extra_lines(self.entered + 1, self.lines)[-1]
        self.entered += 1
        row = [10**9 + self.entered, line.key, self.names.programme_pks[line.programme],
               self.names.source_pks[line.source], line.amount_gr, "2025-06-30"]  # fmt: skip
        self.frame = pandas.concat([self.frame, pandas.DataFrame([row], columns=COLUMNS)], ignore_index=True)
        return self.matrix()
