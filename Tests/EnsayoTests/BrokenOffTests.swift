import Foundation
import TestPrograms
import Testing

/// A presentation whose program dies, and what the next one knows of it.
@Suite struct BrokenOffTests {
    /// Types into a presentation and waits for what it keeps; then it is killed, or told to go on.
    private func present(_ ensayo: Ensayo, then end: String) throws -> Program.Outcome {
        let kept = ensayo.folder.path("state/ensayo/presentations/orchestration.json")
        let script = """
            mkfifo keys; "$0" present orchestration --linear < keys & exec 3> keys
            printf 'n\\nn\\n' >&3
            for i in {1..600}; do grep -q '"page":"one-by-one"' \(kept) 2> /dev/null && break; sleep 0.1; done
            \(end); wait $!
            """
        return try Program.run(
            "/usr/bin/env", ["-C", ensayo.folder.path("."), "bash", "-c", script, ensayo.binary],
            environment: ensayo.environment)
    }

    private func files(_ ensayo: Ensayo) -> [String] {
        FileManager.default.subpaths(atPath: ensayo.folder.path("state")) ?? []
    }

    @Test func itIsOfferedAgain() throws {
        let ensayo = try Ensayo()
        _ = try present(ensayo, then: "kill -KILL $!")
        let again = try ensayo.run(["present", "orchestration", "--linear"], input: "1\nq\n1\n")
        #expect(again.output.contains("Go on where you were?"), "\(again.output)")
        #expect(again.output.contains("(One by one),"), "\(again.output)")
        // It ended as it should: nothing is left of it.
        #expect(again.status == 0)
        #expect(files(ensayo).filter { $0.contains("presentation") } == [])
        let third = try ensayo.run(["present", "orchestration", "--linear"], input: "q\n1\n")
        #expect(!third.output.contains("Go on where you were?"))
    }

    /// A terminal that is closed under a presentation ends it by a signal: nobody wished that.
    @Test func aTerminalThatWasClosedIsNoEnd() throws {
        let ensayo = try Ensayo()
        _ = try present(ensayo, then: "kill -HUP $!")
        #expect(try ensayo.run(["present", "1", "--linear"], input: "q\n1\n").output.contains("Go on where you were?"))
    }

    @Test func endingItLeavesNothing() throws {
        let ensayo = try Ensayo()
        let outcome = try present(ensayo, then: "printf 'q\\n1\\n' >&3")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(files(ensayo).filter { $0.contains("presentation") } == [])
    }
}
