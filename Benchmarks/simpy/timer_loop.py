"""N processes that sleep again and again, each with its own period. Prints events per second."""
import sys, time
import simpy

processes, events = int(sys.argv[1]), int(sys.argv[2])


def sleeper(env, period):
    while True:
        yield env.timeout(period)


env = simpy.Environment()
for i in range(processes):
    env.process(sleeper(env, 1000 + i * 37 % 997))
start = time.process_time()
for _ in range(events):
    env.step()
print(events / (time.process_time() - start))
