"""A queue with some servers, in SimPy.

Argument: the number of servers. Input: a line "gap service" for each customer, in nanoseconds.
Output: a line "customer time-in-the-system" for each, in the order of departures.
"""
import sys

import simpy

customers = [tuple(map(int, line.split())) for line in sys.stdin]
env = simpy.Environment()
servers = simpy.Resource(env, capacity=int(sys.argv[1]))


def customer(number, arrival, service):
    yield env.timeout(arrival)
    with servers.request() as request:
        yield request
        yield env.timeout(service)
    print(number, env.now - arrival)


arrival = 0
for number, (gap, service) in enumerate(customers):
    arrival += gap
    env.process(customer(number, arrival, service))
env.run()
