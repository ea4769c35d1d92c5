"""M/M/1 in SimPy: customers arrive at random, wait for the one server, are served and leave.

Argument: the number of customers. Prints customers per second of processor time.
"""
import random
import sys
import time

import simpy

customers = int(sys.argv[1])
rng = random.Random(1)
env = simpy.Environment()
server = simpy.Resource(env, capacity=1)


def customer():
    with server.request() as request:
        yield request
        yield env.timeout(rng.expovariate(1.0))


def arrivals():
    for _ in range(customers):
        yield env.timeout(rng.expovariate(0.8))
        env.process(customer())


env.process(arrivals())
start = time.process_time()
env.run()
print(customers / (time.process_time() - start))
