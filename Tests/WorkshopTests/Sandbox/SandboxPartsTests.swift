import Model
import Scenario
import Testing

@testable import Workshop

/// The list of parts: whatever it offers can be added.
@Suite struct SandboxPartsTests {
    /// A system with a place for every part.
    private static let everything = """
        duration: 20s
        backends:
          api: { latency: 20ms, operations: { read: { latency: 5ms } } }
          store: { latency: 20ms, faults: [ { from: 1s, to: 2s, errors: 10% } ] }
          pool: { latency: 20ms, balancer: { use: roundRobin, health: { every: 2s } }, servers: { s1: {}, s2: {} } }
        caches:
          plain: { ttl: 30s }
          back: { capacity: 10, writes: back, flush: { every: 5s } }
        policies:
          tries: [ retry: { attempts: 3 } ]
          breaks: [ breaker: { ratio: 50%, open: 5s } ]
          rooms: [ bulkhead: { concurrent: 5 } ]
          rates: [ rateLimit: { leakyBucket: { rate: 50/s } } ]
          copies: [ hedge: 100ms ]
        flows:
          visit:
            - call: api.read
            - send: store.note
            - cache: { in: plain, key: k, do: [ call: store.get ] }
            - write: { in: back, key: w, do: [ call: store.put ] }
            - forEach: { in: { list: i, count: 2 }, as: i, do: [ call: pool.get ] }
            - choose: [ { share: 50%, do: [ wait: 1ms ] } ]
        clients:
          people: { flow: visit, arrivals: { poisson: 5/s } }
        """

    private static let places = [
        "", "backends", "backends.api", "backends.api.operations", "backends.api.operations.read",
        "backends.api.latency",
        "backends.store", "backends.store.faults", "backends.pool", "backends.pool.servers", "backends.pool.servers.s1",
        "backends.pool.balancer", "backends.pool.balancer.health", "caches.plain", "caches.back", "caches.back.flush",
        "policies.tries", "policies.tries.0.retry", "policies.breaks.0.breaker", "policies.rooms.0.bulkhead",
        "policies.rates.0.rateLimit", "policies.copies.0.hedge", "flows.visit", "flows.visit.0.call",
        "flows.visit.1.send", "flows.visit.2.cache", "flows.visit.3.write", "flows.visit.4.forEach",
        "flows.visit.5.choose", "flows.visit.5.choose.0", "clients.people", "clients.people.arrivals",
    ]

    private func path(_ text: String) -> NodePath {
        NodePath(text.split(separator: ".").map { part in Int(part).map { .item($0) } ?? .key(String(part)) })
    }

    /// Parts that need another one first: their problem is shown, and that is all.
    private static let conditional = ["trials", "weight", "slowStart", "knows"]

    @Test(arguments: places) func everyPartThatIsOfferedCanBeAdded(at place: String) throws {
        let draft = try ScenarioDraft(bytes: Self.everything.utf8, file: "all.yaml")
        let path = path(place)
        let kind = try #require(PartPlace.all(of: path, in: draft.root).first?.place)
        let parts = PartCatalogue.parts(at: kind).filter { $0.fits(path, in: draft.root) }
        #expect(!parts.isEmpty, "nothing can be added at \(place)")
        for part in parts where !Self.conditional.contains(part.label) {
            var changed = draft
            let added = try part.add(to: &changed, at: path)
            #expect(changed.root[added] != nil, "\(part.label) at \(place)")
            do {
                _ = try changed.read()
            } catch {
                Issue.record("\(part.label) at \(place): \(error)")
            }
        }
    }

    @Test func whatIsWrittenAlreadyIsNotOffered() throws {
        let draft = try ScenarioDraft(bytes: Self.everything.utf8, file: "all.yaml")
        let labels = Palette(at: path("backends.api"), in: draft.root).entries.map(\.part.label)
        #expect(!labels.contains("latency"))
        #expect(labels.contains("concurrency"))
        // And everything that the system as a whole can have.
        #expect(labels.contains("people"))
    }

    /// A part is found by what it is made of, after those that are called so.
    @Test func partsAreFoundByWhatTheyHold() throws {
        let draft = try ScenarioDraft(bytes: Self.everything.utf8, file: "all.yaml")
        var palette = Palette(at: path("backends.api"), in: draft.root)
        for key in "retry" { palette.press(.character(key), rows: 9) }
        #expect(palette.entries.map(\.part.label) == ["guarded"])
    }

    @Test func stepsGoBehindTheStepAtTheCursor() throws {
        let one = try Assembler(yaml: Self.everything)
        one.at(.key("flows"), .key("visit"), .item(0), .key("call")).add("takes time")
        #expect(try one.value(.root.key("flows").key("visit").item(1).key("wait")) == "100ms")
    }

    @Test func bothLanguagesSayWhatEachPartIsFor() {
        for place in Self.places {
            guard let draft = try? ScenarioDraft(bytes: Self.everything.utf8, file: "all.yaml") else { return }
            for (_, kind) in PartPlace.all(of: path(place), in: draft.root) {
                for part in PartCatalogue.parts(at: kind) {
                    #expect(!part.about.en.isEmpty && !part.about.es.isEmpty && part.about.en != part.about.es)
                    #expect(part.about.en.count <= 44 && part.about.es.count <= 44, "\(part.label) is long")
                }
            }
        }
    }
}
