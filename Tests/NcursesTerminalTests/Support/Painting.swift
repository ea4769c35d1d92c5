import Foundation
import TerminalKit
import TerminalProof
import TestPrograms
import Testing

/// Frames painted by ncurses into a file, and who says what about it.
struct Painting {
    let abilities: Abilities
    /// What ncurses takes the terminal to show.
    let readback: [PaintedScreen]
    /// What the terminal was sent, from the first byte to the end of each frame.
    let bytes: Data
    private let folder: Folder

    init(_ frames: [Frame], on kind: TerminalKind, options: [String] = [], environment: [String: String] = [:]) throws {
        folder = try Folder()
        try FrameFile.write(frames).write(to: folder.url("frames"), atomically: false, encoding: .utf8)
        let size = frames.first?.size ?? Size(width: 80, height: 24)
        let outcome = try Program.run(
            Tools.probe,
            ["paint"] + ["frames", "bytes", "checkpoints", "report"].map(folder.path) + options,
            environment: kind.environment(size).merging(environment) { $1 })
        try #require(outcome.status == 0, "the probe failed: \(outcome.errors)")
        let report = try folder.text("report")
        abilities = try #require(Abilities(report))
        readback = PaintedScreen.parse(report)
        bytes = try Data(contentsOf: folder.url("bytes"))
    }

    /// What an emulator shows that takes in the bytes.
    func emulated() throws -> [PaintedScreen] {
        let outcome = try Program.run(
            try #require(Tools.python), [Tools.emulator, "replay", folder.path("bytes"), folder.path("checkpoints")])
        try #require(outcome.status == 0, "\(outcome.errors)")
        return PaintedScreen.parse(outcome.output)
    }
}

/// The theorem: what the headless terminal was shown, what ncurses read back, and what an emulator made of the bytes
/// are the same, frame by frame.
func expectSame(
    _ frames: [Frame], on kind: TerminalKind, options: [String] = [], environment: [String: String] = [:],
    _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let painting = try Painting(frames, on: kind, options: options, environment: environment)
    let headless = HeadlessTerminal(
        size: frames[0].size, depth: painting.abilities.depth, repertoire: painting.abilities.repertoire,
        history: frames.count)
    for frame in frames { headless.show(frame) }
    var sinks = [(name: "ncurses", screens: painting.readback, shown: false)]
    if Tools.python != nil { sinks.append(("the emulator", try painting.emulated(), true)) }
    for sink in sinks {
        try #require(sink.screens.count == frames.count, sourceLocation: sourceLocation)
        for (number, frame) in headless.frames.enumerated() {
            let expected = PaintedScreen(frame, on: painting.abilities, shown: sink.shown)
            if let difference = sink.screens[number].difference(from: expected) {
                Issue.record(
                    "\(kind.name), \(name), frame \(number): \(sink.name) differs\n\(difference)",
                    sourceLocation: sourceLocation)
                return
            }
        }
    }
}
