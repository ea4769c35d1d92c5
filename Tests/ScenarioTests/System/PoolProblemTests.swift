import Scenario
import Testing

/// What is said about pools, their servers and their balancers.
@Suite struct PoolProblemTests {
    @Test func impossibleServersAreRefused() {
        ProblemTable.check(
            """
            { latency: 1ms, servers: {} }
              34: pool "rest" has no servers
                write { count: 3 }, or { s1: { weight: 1 }, s2: {} }
            { latency: 1ms, servers: [s1, s2] }
              34: expected a mapping for the servers of "rest", found a list
                write { count: 3 }, or { s1: { weight: 1 }, s2: {} }
            { latency: 1ms, servers: { count: 0 } }
              43: 0 is not within 1 to 1000
                write 1
            { latency: 1ms, servers: { count: 3, rest-4: {} } }
              46: there is no server "rest-4"
                did you mean "rest-1"?
            { latency: 1ms, servers: { count: 3, extra: {} } }
              46: there is no server "extra"
                count makes up rest-1 to rest-3
            { servers: { count: 3 } }
              9: backend "rest" needs "latency"
            { servers: { s1: {}, s2: {} } }
              9: backend "rest" needs "latency"
            { servers: { s1: { latency: 1ms }, s2: {} } }
              48: server "s2" needs "latency"
            { latency: 1ms, servers: { sql: {} } }
              36: the name "sql" is taken by a backend
                choose another name for the server
            { latency: 1ms, servers: { s1: {}, web: {} } }
              3: the name "web" is taken by a server
                choose another name for the client
            { latency: 1ms, servers: { s1: {}, s 2: {} } }
              44: "s 2" is not a name
                names have letters, digits, _ and -, begin with a letter, and are at most 64 long
            { latency: 1ms, servers: { s1: { weight: -1 } } }
              50: "-1" is not within 0 to 1000
                write 0
            { latency: 1ms, servers: { s1: { weight: 0 }, s2: { weight: 0 } } }
              50: no server of "rest" has any weight
                write a weight above 0
            { latency: 1ms, servers: { s1: { joins: 20s, leaves: 10s } } }
              62: leaves at 10s, and joins at 20s
                a server leaves after it has joined
            { latency: 1ms, servers: { s1: { member: false, leaves: 10s } } }
              65: leaves at 10s, and never joins
                write joins: TIME, or remove member: false
            { latency: 1ms, servers: { s1: { joins: 90s } } }
              49: 90s is after the end of the run, 60s
            { latency: 1ms, servers: { s1: { member: no } } }
              50: expected true or false, found "no"
            { latency: 1ms, servers: { s1: { operations: { get: {} } } } }
              42: unknown key "operations" in server "s1"
                known: latency, concurrency, queue, errors, answer, hop, clock, faults, weight, member, joins, leaves
            { latency: 1ms, servers: { s1: 3 } }
              40: expected a mapping for server "s1", found "3"
                write { weight: 1 }
            { latency: 1ms, balancer: roundRobin }
              35: a balancer chooses among servers, and backend "rest" has none
                write servers: { count: 3 }, or remove balancer
            """
        ) { Shop.changed("{ latency: 10ms }", to: $0) }
    }

    @Test func impossibleBalancersAreRefused() {
        ProblemTable.check(
            """
            roundrobin
              60: "roundrobin" is not a way to balance
                did you mean "roundRobin"?
            fastest
              60: "fastest" is not a way to balance
                known: roundRobin, weighted, smoothWeighted, leastConnections, random, weightedRandom, ipHash, modulo, \
            ring, sizedRing, rendezvous, maglev, twoChoices, leastRequest, shortestQueue, idleQueue, ewma, peakEWMA
            [random]
              60: expected a mapping for balancer, found a list
                write { use: roundRobin }
            { ring: 100 }
              62: ring is what a balancer uses
                write use: { ring: 100 }
            { use: { ring: 0 } }
              75: 0 is not within 1 to 10000
                write 1
            { use: { maglev: 100 } }
              77: 100 is not a prime number, and Maglev's table needs one
                write 101
            { use: { maglev: 1 } }
              77: 1 is not within 2 to 655373
                write 2
            { use: { maglev: 7 } }
              77: a table of 7 places is too small for 12 servers
                write 1201
            { use: { choices: 0 } }
              78: 0 is not within 1 to 1000
                write 1
            { use: { ewma: 0s } }
              75: must be more than 0s
                write 1ms, or more
            { use: { peakEWMA: { decay: 10s, initial: 0s } } }
              102: must be more than 0s
                write 1ms, or more
            { use: { ring: 10, maglev: 101 } }
              79: use has "ring" and "maglev"
                use one of them
            { use: {} }
              67: use needs one of: ring, sizedRing, maglev, choices, leastRequest, ewma, peakEWMA
            { use: ~ }
              67: expected a way to balance, found nothing
            { panic: 150% }
              69: "150%" is not within 0% to 100%
                write 100%
            { subset: 13 }
              70: a subset of 13 is more than the 12 servers there are
                write 12 or less, or unlimited
            { subset: 0 }
              70: 0 is not within 1 to 1000000
                write 1
            { health: { rise: 0 } }
              78: 0 is not within 1 to 1000
                write 1
            { health: { fall: 0 } }
              78: 0 is not within 1 to 1000
                write 1
            { health: { every: 0s } }
              79: must be more than 0s
                write 1ms, or more
            { health: { every: 2s, timeout: 3s } }
              92: a check of 3s would not be over when the next one begins, after 2s
                write 2s or less
            { health: tcp }
              70: expected a mapping for health, found "tcp"
                write { every: 2s, timeout: 1s, rise: 2, fall: 3 }
            { outliers: { consecutive: 0 } }
              87: 0 is not within 1 to 1000000
                write 1
            { outliers: { consecutive: none } }
              72: these outliers eject nobody
                write consecutive: 5, deviations: 1.9 or failures: 85%
            { outliers: { like: grpc } }
              72: these outliers eject nobody
                write deviations: 1.9 or failures: 85%
            { outliers: { like: grpc, consecutive: 5, failures: 50% } }
              99: gRPC does not count failures in a row
                use deviations or failures, or like: envoy
            { outliers: { like: nginx } }
              80: "nginx" is not a kind of outlier detection
                known: envoy, grpc
            { outliers: { base: 60s, most: 30s } }
              91: most (30s) is less than base (60s)
                write 60s or more
            { outliers: { interval: 0s } }
              84: must be more than 0s
                write 1ms, or more
            { outliers: { maxEjected: 0% } }
              86: must be more than 0%
                write 10%, or remove it
            { outliers: { failures: 0% } }
              84: must be more than 0%
                write 10%, or remove it
            { outliers: { deviations: 0 } }
              86: "0" is not within 0.001 to 100
                write 0.001
            { outliers: { deviations: 1.9, minHosts: 0 } }
              101: 0 is not within 1 to 1000
                write 1
            { outliers: { deviations: 1.9, minRequests: 0 } }
              104: 0 is not within 1 to 1000000
                write 1
            { use: random, slowStart: 30s }
              86: a slow start raises a server's weight bit by bit, and random ignores weights
                use weighted, smoothWeighted, leastConnections, weightedRandom, ipHash, ring, sizedRing, rendezvous, \
            maglev, twoChoices, leastRequest or shortestQueue, or remove slowStart
            { use: { peakEWMA: 5s }, slowStart: { window: 30s } }
              96: a slow start raises a server's weight bit by bit, and peakEWMA ignores weights
                use weighted, smoothWeighted, leastConnections, weightedRandom, ipHash, ring, sizedRing, rendezvous, \
            maglev, twoChoices, leastRequest or shortestQueue, or remove slowStart
            { health: { start: sideways } }
              79: "sideways" is not a state to begin with
                known: fullyUp, up, down, fullyDown
            { health: { observe: { errors: 0 } } }
              91: 0 is not within 1 to 1000000
                write 1
            { health: { observe: { then: failchek } } }
              89: "failchek" is not what errors lead to
                did you mean "failCheck"?
            { outliers: { like: grpc, gateway: 3, failures: 50% } }
              95: gRPC does not count failures in a row
                use deviations or failures, or like: envoy
            { outliers: { like: grpc, failures: 50%, atLeastOne: true, jitter: 1s } }
              113: in gRPC one server may always be out
                remove it, or write like: envoy
              127: gRPC's ejections have no jitter
                remove it, or write like: envoy
            { outliers: { enforced: { gatewy: 0% } } }
              86: unknown key "gatewy" in enforced
                did you mean "gateway"?
            { passive: { maxFails: 0 } }
              83: 0 is not within 1 to 1000000
                write 1
            { passive: { failTimeout: 1500ms } }
              86: nginx counts in whole seconds, and 1.5s is not one
                write 2s
            { passive: {}, outliers: {} }
              71: outliers and passive both leave servers out for what they answer
                write outliers: none, or passive: none
            { accrual: { like: envoy } }
              79: "envoy" is not a kind of failure accrual
                known: linkerd, finagle
            { accrual: { min: 10s, max: 5s } }
              88: max (5s) is less than min (10s)
                write 10s or more
            { accrual: { successRate: 80% } }
              86: Linkerd looks at failures in a row only
                remove successRate, or write like: finagle
            { accrual: { like: finagle, jitter: 10% } }
              96: Finagle has a jitter of its own
                remove jitter, or write like: linkerd
            { accrual: { failures: none } }
              71: nothing makes a server dead here
                write failures: 7
            { use: { sizedRing: { least: 100, most: 10 } } }
              100: most (10) is less than least (100)
                write 100 or more
            { use: { leastRequest: { bias: -1 } } }
              91: "-1" is not within 0 to 10
                write 0
            { use: weighted, slowStart: { window: 30s, like: haproxy, least: 5% } }
              125: HAProxy's slow start goes along a line, from nothing to everything
                remove it, or write like: envoy
            { slowStart: 0s }
              73: must be more than 0s
                write 1ms, or more
            { slowStart: { window: 30s, aggression: 0 } }
              100: "0" is not within 0.1 to 10
                write 0.1
            { slowStart: { aggression: 1 } }
              73: slowStart needs "window"
            { algorithm: random }
              62: unknown key "algorithm" in balancer
                known: use, health, outliers, passive, accrual, panic, slowStart, subset
            """
        ) { Shop.changed("{ latency: 10ms }", to: "{ latency: 10ms, servers: { count: 12 }, balancer: \($0) }") }
    }

    /// With weights that the algorithm does not look at, two things are written that do not fit.
    @Test func weightsNeedAnAlgorithmThatHeedsThem() throws {
        func yaml(_ use: String, _ servers: String) -> String {
            Shop.changed("{ latency: 10ms }", to: "{ latency: 10ms, balancer: \(use), servers: { \(servers) } }")
        }
        for use in ["roundRobin", "random", "modulo", "idleQueue", "ewma", "peakEWMA"] {
            let said = Shop.problems(yaml(use, "s1: {}, s2: { weight: 3 }"))
            #expect(said.contains("server \"s2\" has another weight than others, and \(use) ignores weights"))
            #expect(said.contains("use weighted, smoothWeighted, leastConnections, weightedRandom, ipHash"))
            #expect(Shop.problems(yaml(use, "s1: { weight: 3 }, s2: { weight: 3 }, s3: { weight: 0 }")) == "")
        }
        // Nothing says how to balance: in turn.
        #expect(
            Shop.places(Shop.changed("{ latency: 10ms }", to: "{ latency: 10ms, servers: { s1: { weight: 2 }, s2: } }"))
                .first?.contains("roundRobin ignores weights") == true)
        // Another algorithm may be tried, another weight not.
        let document = try ScenarioDocument(yaml: yaml("weighted", "s1: {}, s2: { weight: 3 }"), file: "shop.yaml")
        let changed = try document.setting("backends.rest.balancer", to: "random")
        #expect(throws: Never.self) { try changed.setting("backends.rest.latency", to: "20ms") }
        #expect(throws: ScenarioError.self) { try changed.setting("backends.rest.servers.s2.weight", to: "4") }
        #expect(throws: ScenarioError.self) {
            try changed.setting("backends.rest.balancer", to: "{ use: random, slowStart: 5s }")
        }
    }

    @Test func callsGoToThePoolAndNotToAServer() {
        #expect(
            Shop.problems(
                Shop.changed(
                    "{ latency: 10ms }", to: "{ latency: 10ms, servers: { s1: {} } }", and: "call: sql.get_order",
                    to: "call: s1.get")) == """
                shop.yaml:12:19: error: "s1" is a server, and calls go to its pool
                   12 |   report: [ call: s1.get ]
                      |                   ^~~~~~
                   write rest.get
                """)
    }

    @Test func aPoolHasAtMostAThousandServers() {
        let servers = (1...1001).map { "s\($0): {}" }.joined(separator: ", ")
        #expect(
            Shop.problems(Shop.changed("{ latency: 10ms }", to: "{ latency: 10ms, servers: { \(servers) } }"))
                .contains("the servers of \"rest\" are more than 1000"))
    }

    @Test func usersWhoNeverWaitNeedServersThatTakeTime() {
        let yaml = Shop.changed(
            "{ latency: 10ms }", to: "{ latency: 10ms, servers: { s1: {}, s2: { latency: 0s } }, balancer: weighted }",
            and: "call: sql.get_order", to: "call: rest.get")
        #expect(Shop.problems(yaml.replacing("at: 0s", with: "users: 3")).contains("without end at one moment"))
        #expect(
            Shop.problems(yaml.replacing("at: 0s", with: "users: 3").replacing("latency: 0s", with: "weight: 2")) == "")
    }

    @Test func madeUpServersTakeTheirNames() {
        #expect(
            Shop.places(
                Shop.changed(
                    "{ latency: 10ms }", to: "{ latency: 10ms, servers: { count: 2 } }\n  rest-2: { latency: 1ms }"))
                == ["8:44 the name \"rest-2\" is taken by a backend"])
    }
}
