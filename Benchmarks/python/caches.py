"""A cache of libCacheSim on a trace file in its oracleGeneral format.

Arguments: the file, the algorithm as libcachesim calls it, the capacity, the number of requests.
Prints requests per second of processor time.
"""
import sys
import time

import libcachesim

file, algorithm, capacity, requests = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
reader = libcachesim.TraceReader(file, libcachesim.TraceType.ORACLE_GENERAL_TRACE)
cache = getattr(libcachesim, algorithm)(capacity)
start = time.process_time()
cache.process_trace(reader)
print(requests / (time.process_time() - start))
