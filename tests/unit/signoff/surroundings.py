"""Says what a process finds around itself: its variables, its folder, and whether there is a network."""

import os
import socket
import sys
import time

if sys.argv[1] == "sleep":
    time.sleep(60)
for name, value in os.environ.items():
    print(f"{name}={value}")
print(f"cwd={os.getcwd()}")
with socket.socket() as wire:
    wire.settimeout(2)
    try:
        # A port of this machine: without a network not even that is reached. Where nobody listens it is refused.
        wire.connect(("127.0.0.1", 9))
        print("network=some")
    except ConnectionRefusedError:
        print("network=some")
    except OSError:
        print("network=none")
