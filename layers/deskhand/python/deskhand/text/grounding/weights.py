"""How much each sign weighs: fitted by scripts/evaluation/grounding_fit.py, which a test repeats.

The rows are those of scripts/sample/grounding.jsonl whose passage falls into the half for tuning
(seed 7), and their supported sentences beside a passage about something else.
"""

BIAS = 1.55
WEIGHTS = {
    "strange_numbers": 3.42,
    "misplaced_numbers": 2.48,
    "strange_names": 2.0,
    "limits": 2.13,
    "turned": 3.81,
    "roles": 0.89,
    "overstated": 1.33,
    "unhedged": 0.71,
    "unnarrowed": 0.64,
    "new": 2.24,
    "scattered": 1.61,
}
"""What each sign takes from the log-odds that a sentence stands."""
