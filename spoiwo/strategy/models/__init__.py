"""Strategy, programmes, tasks, indicators, and what came of them in a year."""

from spoiwo.strategy.models.duties import Duty, DutyDone
from spoiwo.strategy.models.evidence import Activity, Evidence, Measure, PrecisionChoice, Result, Unit
from spoiwo.strategy.models.indicators import (
    Aggregation,
    Direction,
    Frequency,
    Indicator,
    IndicatorDefinition,
    IndicatorKind,
    IndicatorValue,
    Target,
)
from spoiwo.strategy.models.tree import Goal, Programme, ProgrammeKind, Strategy, Succession, Task, TaskKind
from spoiwo.strategy.models.updating import (
    UNFINISHED,
    Consultation,
    Decision,
    Remark,
    SenderKind,
    StrategyVersion,
    VersionState,
)

__all__ = [
    "UNFINISHED",
    "Activity",
    "Aggregation",
    "Consultation",
    "Decision",
    "Direction",
    "Duty",
    "DutyDone",
    "Evidence",
    "Frequency",
    "Goal",
    "Indicator",
    "IndicatorDefinition",
    "IndicatorKind",
    "IndicatorValue",
    "Measure",
    "PrecisionChoice",
    "Programme",
    "ProgrammeKind",
    "Remark",
    "Result",
    "SenderKind",
    "Strategy",
    "StrategyVersion",
    "Succession",
    "Target",
    "Task",
    "TaskKind",
    "Unit",
    "VersionState",
]
