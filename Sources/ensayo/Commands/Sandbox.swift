import ArgumentParser
import Scenario
import Workshop

/// `ensayo sandbox`: a system of one's own.
struct Sandbox: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Assemble a system of your own, run it, change it, save it and share it.",
        discussion: """
            The system stands at the left as a tree, its run at the right. docs/sandbox.md
            has the rest.

              ensayo sandbox                        a small system to begin with
              ensayo sandbox shop.yaml              a scenario file; W saves it
              ensayo sandbox checkout.mmd           a Mermaid sequence diagram
              ensayo sandbox orchestration          a lesson's main scenario
              ensayo sandbox orchestration:fan-out  another of its scenarios
              ensayo sandbox ensayo-1.vZ1Lbt...     the one-line code of a system
              ensayo sandbox shop.yaml --record visit.replay
            """)

    @ArgumentParser.Argument(
        help: ArgumentHelp(
            "A scenario file (NAME.yaml, NAME.mmd), a code, a lesson, or LESSON:SCENARIO.", valueName: "source"),
        completion: .lessons("yaml", "yml", "mmd"))
    var source: String?

    @Option(
        help: ArgumentHelp(
            "Record the session for 'ensayo replay'.",
            discussion: "A recorded session writes no other files, also where you save the system.",
            valueName: "file"),
        completion: .file())
    var record: String?

    @OptionGroup var display: DisplayOptions

    func run() throws {
        if let record {
            let system = try RecordedSystem(source, into: record)
            return try WorkshopSession(Installation.find(), display).record(system, into: record)
        }
        let source = try SandboxFiles.source(source)
        try WorkshopSession(Installation.find(), display).run(sandbox: source)
    }
}
