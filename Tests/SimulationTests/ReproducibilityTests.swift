import Foundation
import Simulation
import Testing
import Trace
import simulation_probe

/// The same run, byte for byte: within a process, in another, in debug and release, whatever runs beside it.
@Suite struct ReproducibilityTests {
    /// Known in both configurations; a change here means that every recorded session is void.
    static let digests: [UInt64: String] = [
        1: "230f5a9b5826fd55", 2: "e79b9dea57ee624d", 3: "620e7114cf317c52",
    ]

    @Test(arguments: [1, 2, 3] as [UInt64]) func theDigestIsTheKnownOne(seed: UInt64) throws {
        #expect(try ReferenceRun.trace(seed: seed).digest.description == Self.digests[seed])
    }

    @Test func twoRunsInOneProcessAreTheSame() throws {
        let first = try ReferenceRun.trace(seed: 4)
        #expect(try ReferenceRun.trace(seed: 4) == first)
        #expect(try ReferenceRun.trace(seed: 5).digest != first.digest)
        #expect(first.events.count > 1000)
        for kind: EventKind in [.callQueued, .callAbandoned, .serviceFinished, .requestFinished, .merged, .mark] {
            #expect(first.events.contains { $0.kind == kind }, "the reference run has no \(kind)")
        }
    }

    @Test func aFreshProcessGivesTheSame() throws {
        // Beside the test bundle, in the same configuration.
        let folder = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let probe = URL(fileURLWithPath: folder).deletingLastPathComponent().appendingPathComponent("simulation-probe")
        for seed: UInt64 in [1, 2] {
            let output = try ChildProcess.output(of: probe.path, arguments: ["\(seed)"])
            #expect(output == (Self.digests[seed] ?? "") + "\n")
        }
    }

    @Test func runsOnOtherThreadsChangeNothing() throws {
        let results = Results()
        let threads = (0..<4).map { thread in
            SideThread {
                for round in 0..<3 {
                    let seed = UInt64((thread + round) % 3 + 1)
                    let digest = try? ReferenceRun.trace(seed: seed).digest.description
                    results.add(digest == Self.digests[seed])
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(results.all == [Bool](repeating: true, count: 12))
    }
}

private final class Results: @unchecked Sendable {
    private let lock = NSLock()
    private(set) var all: [Bool] = []

    func add(_ result: Bool) { lock.withLock { all.append(result) } }
}
