import Scenario
import Testing

/// Paths into pools, balancers, caches and keys: short forms, alternatives and defaults.
@Suite struct KeyedSettingTests {
    let keyed: ScenarioDocument

    init() throws { keyed = try ScenarioDocument(yaml: Shop.keyed, file: "keyed.yaml") }

    private func pool(_ path: String, _ value: String, _ place: Int = 0) throws -> Pool {
        let document = try keyed.setting("backends.\(path)", to: value)
        return try #require(document.scenario.backends[place].pool)
    }

    @Test func anotherAlgorithmTakesThePlaceOfTheFirst() throws {
        #expect(try pool("shop.balancer.use", "random").algorithm == .random)
        #expect(try pool("shop.balancer.use.maglev", "101").algorithm == .maglev(size: 101))
        let random = Pool(algorithm: .random, servers: keyed.scenario.pool(0).servers)
        #expect(try pool("shop.balancer", "random") == random)
        #expect(try pool("many.balancer.use", "random", 1).algorithm == .random)
        #expect(try pool("many.balancer.use.choices", "4", 1).algorithm == .choices(4))
    }

    @Test func aShortFormIsKeptWhenSomethingIsAdded() throws {
        let many = try pool("many.balancer.panic", "40%", 1)
        #expect(many.algorithm == .choices(2))
        #expect(many.panic == 0.4)
        let few = try pool("few.balancer.slowStart.aggression", "2", 2)
        #expect(few.slowStart == Pool.SlowStart(window: .seconds(5), aggression: 2))
        let simple = try keyed.setting("backends.few.balancer.use", to: "{ peakEWMA: 3s }")
            .setting("backends.few.balancer.use.peakEWMA.initial", to: "1ms")
        #expect(simple.scenario.pool(2).algorithm == .peakEWMA(decay: .seconds(3), initial: .milliseconds(1)))
        #expect(try pool("few.balancer.health.fall", "1", 2).health == Pool.HealthCheck(fall: 1))
    }

    @Test func aMadeUpServerMayBeChanged() throws {
        let servers = try pool("many.servers.many-7.latency", "1s", 1).servers
        #expect(servers[6].backend.latency == .fixed(.seconds(1)))
        #expect(servers[5].backend.latency == .fixed(.milliseconds(5)))
        #expect(servers.count == 10)
    }

    @Test func whatAServerInheritsChangesWithItsPool() throws {
        let servers = try pool("shop.concurrency", "9").servers
        #expect(servers.map(\.backend.concurrency) == [9, nil, 9, 9])
    }

    @Test func otherKeysTakeThePlaceOfTheFirst() throws {
        func keys(_ path: String, _ value: String, _ place: Int) throws -> KeySource.Popularity {
            try keyed.setting("keys.\(path)", to: value).scenario.keys[place].popularity
        }
        #expect(try keys("product.uniform", "5", 0) == .uniform(count: 5))
        #expect(try keys("product.zipf", "1.2", 0) == .zipf(exponent: 1.2, count: 1000))
        #expect(try keys("night.loop", "7", 3) == .loop(count: 7))
        #expect(try keys("trends.hotspot.hot", "20", 5) == .hotspot(
            count: 1000, hot: 20, share: 0.9, every: .seconds(10)))
        #expect(try keyed.setting("clients.readers.keys", to: "any").scenario.clients[0].keys == "any")
    }

    @Test func anotherTimingOfFlushesTakesThePlaceOfTheFirst() throws {
        let written = try keyed.setting("caches.sales.flush.every", to: "2s")
        let after = try written.setting("caches.sales.flush.after", to: "3s")
        #expect(after.scenario.caches.first { $0.name == "sales" }?.flush.timing == .after(.seconds(3)))
        #expect(after.value(at: "caches.sales.flush.after") == "3s")
        let every = try after.setting("caches.sales.flush.every", to: "4s")
        #expect(every.scenario.caches.first { $0.name == "sales" }?.flush.timing == .every(.seconds(4)))
    }

    @Test func aimingAnInvalidationElsewhereTakesThePlaceOfTheFirst() throws {
        let steps = try keyed.setting("flows.keyed.2.invalidate.tag", to: "all").scenario.flows[0].steps
        #expect(steps[2] == .invalidate(Invalidate(cache: "products", target: .tag(.literal(.text("all"))))))
    }

    @Test(arguments: [
        ("backends.many.balancer.use", "twoChoices"), ("backends.many.balancer.use.choices", "2"),
        ("backends.many.servers.many-3.weight", "2"), ("backends.many.servers.many-4.weight", "1"),
        ("backends.many.servers.many-4.latency", "5ms"), ("backends.many.balancer.passive", "none"),
        ("backends.shop.balancer.health.start", "up"), ("backends.shop.balancer.outliers.jitter", "0s"),
        ("backends.shop.balancer.outliers.enforced.gateway", "100%"),
        ("backends.shop.servers.s1.concurrency", "4"), ("backends.shop.servers.s1.queue", "unlimited"),
        ("backends.shop.servers.s1.errors", "0%"), ("backends.shop.servers.s1.answer", "500"),
        ("backends.many.balancer.health", "none"),
        ("backends.many.balancer.panic", "0%"), ("backends.few.balancer.slowStart.window", "5s"),
        ("backends.few.balancer.slowStart.aggression", "1"), ("caches.sales.capacity", "unlimited"),
        ("caches.sales.eviction", "lru"), ("caches.sales.flush.every", "5s"), ("caches.sales.early", "none"),
        ("caches.sales.flush.maxDirty", "unlimited"), ("caches.sales.flush.grace", "30s"),
    ])
    func whatIsNotWrittenHasADefault(path: String, value: String) throws {
        #expect(keyed.value(at: path) == value)
        #expect(try keyed.setting(path, to: value).scenario == keyed.scenario)
    }

    /// Whether it is said makes a difference during a run: it is an order.
    @Test func whoIsAMemberCanBeSaid() throws {
        let path = "backends.shop.servers.s3.member"
        #expect(keyed.value(at: path) == "false")
        let said = try keyed.setting(path, to: "false").scenario.pool(0).servers[2]
        #expect(said.member == false && keyed.scenario.pool(0).servers[2].member == nil && !said.isMember)
    }

    @Test func everyHealthSettingCanBeSet() throws {
        let few = "backends.few.balancer"
        func changed(_ settings: (String, String)...) throws -> Pool {
            try settings.reduce(keyed) { try $0.setting("\(few).\($1.0)", to: $1.1) }.scenario.pool(2)
        }
        #expect(try changed(("use.leastRequest.bias", "2")).algorithm == .leastRequest(choices: 2, bias: 2))
        #expect(
            try changed(("use", "{ leastRequest: 3 }"), ("use.leastRequest.bias", "2")).algorithm
                == .leastRequest(choices: 3, bias: 2))
        #expect(
            try changed(("use", "{ sizedRing: 64 }"), ("use.sizedRing.most", "128")).algorithm
                == .sizedRing(least: 64, most: 128))
        #expect(
            try changed(("health", "{ observe: 5 }"), ("health.observe.then", "markDown")).health?.observe
                == .init(errors: 5, then: .markDown))
        let outliers = try changed(("outliers.gateway", "3"), ("outliers.enforced.failures", "20%")).outliers
        #expect(outliers?.gateway == 3 && outliers?.enforced.failures == 0.2 && outliers?.enforced.gateway == 1)
        #expect(try changed(("passive.failTimeout", "3s")).passive == .init(maxFails: 1, failTimeout: .seconds(3)))
        #expect(try changed(("accrual.like", "finagle")).accrual == .usual(.finagle))
        #expect(try changed(("slowStart.like", "haproxy")).slowStart?.profile == .haproxy)
        // One watcher after another.
        let twice = try changed(("passive.maxFails", "2"), ("passive", "none"), ("accrual.failures", "2"))
        #expect(twice.passive == nil && twice.accrual?.failures == 2)
    }

    @Test(arguments: [
        ("caches.products.ttl", "unlimited", "ttlJitter needs a ttl"),
        ("backends.shop.balancer.use.maglev", "102", "102 is not a prime number"),
        ("backends.few.balancer.slowStart.window", "1us", "a slow start takes at least 1ms"),
        ("backends.shop.balancer.subset", "5", "a subset of 5 is more than the 4 servers"),
        ("keys.trends.hotspot.hot", "2000", "hot (2000) is more than the 1000 keys"),
        ("clients.readers.keys", "nothing", "there are no keys \"nothing\""),
    ])
    func aChangeMeetsTheChecksOfTheFile(path: String, value: String, message: String) {
        do {
            _ = try keyed.setting(path, to: value)
            Issue.record("accepted")
        } catch {
            #expect(error.description.contains(message))
        }
    }
}

extension Scenario {
    fileprivate func pool(_ place: Int) -> Pool { backends[place].pool ?? Pool(servers: []) }
}
