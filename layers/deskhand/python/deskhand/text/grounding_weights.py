"""How much each sign weighs: fitted by scripts/evaluation/grounding_fit.py, which a test repeats.

The rows are those of scripts/sample/grounding.jsonl whose passage falls into the half for tuning
(seed 7), and their supported sentences beside a passage about something else.
"""

BIAS = 1.57
WEIGHTS = {
    "strange_numbers": 3.43,
    "misplaced_numbers": 2.49,
    "strange_names": 2.0,
    "limits": 2.14,
    "turned": 3.82,
    "roles": 0.89,
    "overstated": 1.34,
    "unhedged": 0.71,
    "unnarrowed": 0.67,
    "new": 2.3,
    "scattered": 1.89,
}
"""What each sign takes from the log-odds that a sentence stands."""
