import Scenario
import TerminalKit
import Trace

/// The golden frames of a session as text, one story from top to bottom.
///
///     # journey: first-visit   lesson: orchestration   size: 80x24
///     # screens: 41   fingerprint: 9f3c41d2a7b06e15
///     === frame 1 parallel @ 500ms after: key space   run: 4c07e21ab8d95f30
///     |…|
///     styles:
///      1: 1-80 bar
///
/// The digest of the run comes with each frame: when it differs, the simulation changed; when it is equal and the
/// frame differs, the presentation did.
public struct GoldenFile: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        /// The line that begins with `===`.
        public var heading: String
        /// The frame, as ``TerminalKit/Frame/exportedText`` writes it.
        public var frame: String

        /// The digest in the heading.
        var run: String? { heading.range(of: "run: ").map { String(heading[$0.upperBound...]) } }
    }

    /// The lines above the first frame.
    public var head: [String]
    public var entries: [Entry]

    public init(_ journey: Journey) {
        head = [
            "# journey: \(journey.name)   lesson: \(journey.lesson)   "
                + "size: \(journey.size.width)x\(journey.size.height)",
            "# screens: \(journey.screenCount)   fingerprint: \(journey.screens)",
        ]
        entries = journey.frames.enumerated().map { index, shot in
            let time = shot.time.map { " @ \(Duration.nanoseconds($0.nanoseconds).written)" } ?? ""
            let run = shot.run.map { "   run: \($0)" } ?? ""
            return Entry(
                heading: "=== frame \(index + 1) \(shot.name)\(time) after: \(shot.after)\(run)",
                frame: shot.frame.exportedText)
        }
    }

    /// Reads a file. Anything is accepted: what is not as it should be differs from what is expected.
    public init(parsing text: String) {
        head = []
        entries = []
        // Line breaks of any system: a CRLF is one Character.
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("=== ") {
                entries.append(Entry(heading: String(line), frame: ""))
            } else if entries.isEmpty {
                head.append(String(line))
            } else {
                entries[entries.count - 1].frame += line + "\n"
            }
        }
    }

    public var text: String {
        (head.map { $0 + "\n" } + entries.map { $0.heading + "\n" + $0.frame }).joined()
    }
}
