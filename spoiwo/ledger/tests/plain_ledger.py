"""A ledger kept by hand: plain lists and sums, no code of the house, slow and plain enough to be believed.

Rows are dictionaries; a row is named by its place in the list. What a rule refuses is found by adding everything
up again from the first row.
"""

PLAN, PROMISE, PAID = ("plan", "change"), ("commitment", "release"), ("payment", "refund")


class PlainLedger:
    """One year that keeps its plan."""

    def __init__(self):
        self.rows, self.closed, self.kept = [], [], {}

    # --- what a person does: None when it is done, else the name of the refusal and the amounts it may name ---

    def enter(self, kind, pocket, month, amount, *, commitment=None, payment=None):
        """A line, its amount with its sign."""
        if (month or 12) in self.closed:
            return "PeriodClosed", set()
        row = {"kind": kind, "pocket": pocket, "month": month, "amount": amount, "of": commitment, "back": payment}
        return self._add(row | {"reverses": None, "undone": False})

    def reverse(self, number, *, treasurer):
        """A line taken back."""
        return self._correct(number, treasurer=treasurer)

    def correct(self, number, month, amount, *, treasurer):
        """A line taken back and the right one entered, of another amount or in another month."""
        return self._correct(number, treasurer=treasurer, right=(month, amount))

    def close(self, month):
        """A month closed."""
        if month != len(self.closed) + 1:
            return "NotTheNextMonth", set()
        self.closed.append(month)
        self.kept[month] = self.sums("kind", "pocket", month=month), len(self.rows)
        return None

    def _correct(self, number, *, treasurer, right=None):
        line = self.rows[number]
        if line["undone"] or line["reverses"] is not None:
            return "LineReversed", set()
        months = {line["month"] or 12} | ({right[0] or 12} if right else set())
        if not treasurer and months & set(self.closed):
            return "PeriodClosed", set()
        of = number if line["kind"] == "commitment" and line["of"] is None else line["of"]
        new = [line | {"amount": -line["amount"], "reverses": number, "of": of}]
        if right:
            new.append(line | {"month": right[0], "amount": right[1], "of": of})
        refused = self._add(*new)
        if not refused:
            line["undone"] = True
        return refused

    def _add(self, *new):
        self.rows += new
        wrong = self.wrong()
        if not wrong:
            return None
        del self.rows[-len(new) :]
        below_use = new[0]["kind"] in PLAN
        names = {"plan": "PlanBelowUse" if below_use else "PlanExceeded", "promise": "CommitmentExceeded"}
        first = "plan" if "plan" in wrong else "promise" if "promise" in wrong else "refund"
        return names.get(first, "RefundAbovePayment"), wrong[first]

    # --- adding up ---------------------------------------------------------------------------------------

    def wrong(self):
        """What stands below zero: "plan", "promise" or "refund" → by how much, each place on its own."""
        found = {}
        for pocket in {row["pocket"] for row in self.rows}:
            self._note(found, "plan", self.left(pocket))
            self._note(found, "refund", self.direct(pocket))
        for number, row in enumerate(self.rows):
            if row["kind"] == "commitment" and row["of"] is None:
                promised, paid = self.commitment(number)
                self._note(found, "promise", promised - paid)
                self._note(found, "refund", paid)
            if row["kind"] == "payment" and row["reverses"] is None:
                self._note(found, "refund", self.stays(number))
        return found

    @staticmethod
    def _note(found, rule, rest):
        if rest < 0:
            found.setdefault(rule, set()).add(-rest)

    def left(self, pocket):
        """What of a pocket may still be promised or spent."""
        there = [row for row in self.rows if row["pocket"] == pocket]
        planned = sum(row["amount"] for row in there if row["kind"] in PLAN)
        return planned - sum(row["amount"] for row in there if row["kind"] in PROMISE) - self.direct(pocket)

    def direct(self, pocket):
        """What was paid from a pocket without a commitment, less what came back."""
        there = [row for row in self.rows if row["pocket"] == pocket]
        return sum(row["amount"] for row in there if row["kind"] in PAID and row["of"] is None)

    def commitment(self, number):
        """What is promised by a commitment, and what was paid of it."""
        own = [row for place, row in enumerate(self.rows) if place == number or row["of"] == number]
        promised = sum(row["amount"] for row in own if row["kind"] in PROMISE)
        return promised, sum(row["amount"] for row in own if row["kind"] in PAID)

    def stays(self, number):
        """What has not come back of a payment."""
        taken = [
            row["amount"]
            for row in self.rows
            if row["back"] == number or (row["reverses"] == number and row["back"] is None)
        ]
        return self.rows[number]["amount"] + sum(taken)

    def sums(self, *columns, kinds=PLAN + PROMISE + PAID, month=None, rows=None):
        """Sums by columns; of one month if it is named, where a line without a month is December's."""
        found = {}
        for row in self.rows if rows is None else rows:
            if row["kind"] in kinds and month in (None, row["month"] or 12):
                key = tuple(row[name] for name in columns)
                found[key] = found.get(key, 0) + row["amount"]
        return found

    def late(self, month):
        """What was entered into a closed month after its closing."""
        return self.sums("kind", "pocket", month=month, rows=self.rows[self.kept[month][1] :])
