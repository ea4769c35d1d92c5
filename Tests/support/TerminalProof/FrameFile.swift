import TerminalKit

/// Frames in one text, each after a line that begins with `===`: what golden files are, and what the probe reads.
public enum FrameFile {
    public static func write(_ frames: [Frame]) -> String {
        frames.enumerated().map { "=== frame \($0 + 1)\n\($1.exportedText)" }.joined()
    }

    /// Reads the frames; other lines between a title and its frame, and before the first title, are skipped.
    public static func read(_ text: String) throws -> [Frame] {
        var frames: [Frame] = []
        var lines: [Substring] = []
        func finish() throws {
            if !lines.isEmpty { frames.append(try Frame(exportedText: lines.joined(separator: "\n"))) }
            lines = []
        }
        var isFrame = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("===") {
                try finish()
                isFrame = true
            } else if isFrame, !lines.isEmpty || line.hasPrefix("|"), !line.isEmpty {
                lines.append(line)
            }
        }
        try finish()
        return frames
    }
}
