"""Strategy: strategy, programme, task and what came of them."""
