"""Ledgers of approvals: read, verified, judged and appended to. What they hold is in `model/ledger.py`."""
