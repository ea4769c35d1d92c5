import Resilience
import Testing

/// The same operations, at the same times, on Python's `cachetools`.
@Suite struct TimeToLiveOracleTests {
    enum Step {
        case get(Int)
        case set(Int, ttl: Int)
        case remove(Int)
        case clear, count
    }

    /// Steps at moments that mostly move on a little, so that many fall exactly on an expiry.
    static func steps(seed: UInt64, ttl: Int?) -> [(at: Int, step: Step)] {
        var state = seed
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var now = 0
        return (0..<4000).map { _ in
            now += [0, 0, 1, 1, 2, 5][random(6)]
            let key = random(8)
            return switch random(20) {
            case 0: (now, .clear)
            case 1...2: (now, .count)
            case 3...5: (now, .remove(key))
            case 6...11: (now, .set(key, ttl: ttl ?? random(12)))
            default: (now, .get(key))
            }
        }
    }

    /// One line a step: what it gave.
    static func ours(_ steps: [(at: Int, step: Step)]) -> [String] {
        let start = ContinuousClock.now
        var cache = BoundedCache<Int, Int, ContinuousClock.Instant>()
        return steps.enumerated().map { number, item in
            let now = start.advanced(by: .seconds(item.at))
            switch item.step {
            case .get(let key): return cache.get(key, at: now).value.map { "\($0)" } ?? "none"
            case .set(let key, let ttl):
                cache.set(key, number, ttl: .seconds(ttl), at: now)
                return "set"
            case .remove(let key): return cache.remove(key, at: now) ? "removed" : "none"
            case .clear: return "\(cache.removeAll(at: now))"
            case .count: return "\(cache.count(at: now))"
            }
        }
    }

    static let script = """
        import sys, cachetools
        now, ttl = [0], [0]
        fixed = sys.argv[1]
        inf = float("inf")
        cache = (cachetools.TLRUCache(inf, ttu=lambda key, value, time: time + ttl[0], timer=lambda: now[0])
            if fixed == "each" else cachetools.TTLCache(inf, ttl=int(fixed), timer=lambda: now[0]))
        for number, line in enumerate(sys.stdin):
            at, word, key, life = line.split()
            now[0], ttl[0] = int(at), int(life)
            if word == "get": print(cache.get(key, "none"))
            elif word == "set":
                cache[key] = number
                print("set")
            elif word == "remove": print("none" if cache.pop(key, None) is None else "removed")
            elif word == "count":
                cache.expire()
                print(len(cache))
            else:
                cache.expire()
                print(len(cache))
                cache.clear()
        """

    static func theirs(_ steps: [(at: Int, step: Step)], ttl: Int?) throws -> [String] {
        let input = steps.map { at, step in
            switch step {
            case .get(let key): "\(at) get \(key) 0\n"
            case .set(let key, let ttl): "\(at) set \(key) \(ttl)\n"
            case .remove(let key): "\(at) remove \(key) 0\n"
            case .clear: "\(at) clear - 0\n"
            case .count: "\(at) count - 0\n"
            }
        }.joined()
        return try Python.lines(script, [ttl.map { "\($0)" } ?? "each"], input: input)
    }

    @Test(.enabled(if: Python.isThere, "needs the Python that scripts/test prepares"), arguments: [nil, 1, 5, 60])
    func agreesWithCachetools(ttl: Int?) throws {
        for seed: UInt64 in 1...3 {
            let steps = Self.steps(seed: seed, ttl: ttl)
            let (ours, theirs) = (Self.ours(steps), try Self.theirs(steps, ttl: ttl))
            #expect(theirs.count == steps.count)
            let first = zip(ours, theirs).enumerated().first { $1.0 != $1.1 }
            #expect(first == nil, "seed \(seed), step \(first?.offset ?? 0) at \(steps[first?.offset ?? 0])")
            #expect(ours.contains("none") && ours.contains("removed"))
        }
    }
}
