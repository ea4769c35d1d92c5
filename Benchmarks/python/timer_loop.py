"""N processes that sleep again and again, each with its own period, in SimPy.

Arguments: the number of processes, the number of events. Prints events per second of processor time.
"""
import sys
import time

import simpy

processes, events = int(sys.argv[1]), int(sys.argv[2])


def sleeper(env, period):
    while True:
        yield env.timeout(period)


env = simpy.Environment()
for i in range(processes):
    env.process(sleeper(env, 1000 + i * 37 % 997))
start = time.process_time()
env.run(until=events // processes * 1500)
seconds = time.process_time() - start
fired = sum(events // processes * 1500 // (1000 + i * 37 % 997) for i in range(processes))
print(fired / seconds)
