"""A demonstration PKI, made anew for each run of the tests: nothing of it is secret, and nothing outlives the run.

`certificates` makes authorities, people, revocation data and PKCS#12 files; `authority` serves timestamps on
loopback; `token` keeps a key as a card does; `samples` makes documents that are honestly signed.
"""
