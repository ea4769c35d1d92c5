import Foundation

/// What one waits for before anything is seen, and what all recorded sessions together take.
enum StartBenchmarks {
    static func run() throws {
        Report.title("Release binary")
        let ensayo = Python.root + "/.build/release/ensayo"
        guard FileManager.default.isExecutableFile(atPath: ensayo) else {
            return Report.note("build it first: swift build -c release --static-swift-stdlib --product ensayo")
        }
        let starts = try (0..<10).map { _ in try Python.number("first_frame.py", ["Ensayo", ensayo]) }
        Report.time("first frame, from exec", seconds: starts.min() ?? 0, budget: 0.05, note: "   heading for 20 ms")
        try replays(ensayo)
    }

    private static func replays(_ ensayo: String) throws {
        let lessons = Python.root + "/Lessons"
        let all = FileManager.default.enumerator(atPath: lessons)?.compactMap { $0 as? String } ?? []
        let sessions = all.filter { $0.contains("/replays/") && $0.hasSuffix(".replay") }.map { "\(lessons)/\($0)" }
        if sessions.isEmpty { return Report.note("no lesson has recorded sessions") }
        let clock = ContinuousClock()
        let start = clock.now
        let process = Process()
        process.executableURL = URL(fileURLWithPath: ensayo)
        process.arguments = ["replay"] + sessions.sorted()
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let elapsed = Double((clock.now - start).components.attoseconds) / 1e18
        let seconds = elapsed + Double((clock.now - start).components.seconds)
        Report.time("replays of \(sessions.count) sessions", seconds: seconds, budget: 2)
    }
}
