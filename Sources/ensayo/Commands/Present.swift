import ArgumentParser
import Scenario
import Workshop

/// `ensayo present`: a lesson, for those who teach it.
struct Present: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Present a lesson to a class.",
        discussion: """
            One thing at a time in large, with a time budget, hands counted for
            predictions (1-9), faults under the same digits, and a demo script that x
            plays on. ? tells every key. Your own progress is left alone.

              ensayo present circuit-breaker
              ensayo present 5 --step half-open --language es
              ensayo present 5 --script my-demo.replay
              ensayo present 5 --share                  notes and followers on this machine
              ensayo present 5 --listen 0.0.0.0         on every address of this machine
              ensayo present 5 --record class.replay    a rehearsal, for `ensayo replay`

            With --share or --listen the screen shows the address and the code for `ensayo
            follow`; nothing is served without them, and what is sent is not encrypted.
            `ensayo notes` shows the notes on a second screen. Without --script, x plays
            replays/demo.replay of the lesson, if there is one. docs/teaching.md tells
            more.
            """)

    @ArgumentParser.Argument(
        help: "The lesson: its id, the beginning of it, or its number.", completion: .lessons())
    var lesson: String

    @Option(help: "Start at this step.", completion: .steps)
    var step: String?

    @Option(
        help: ArgumentHelp("The demo: a session as 'learn --record' writes it.", valueName: "file"),
        completion: .file(extensions: ["replay"]))
    var script: String?

    @Flag(help: "Let the notes and followers on this machine in.")
    var share = false

    @Option(help: ArgumentHelp("Let followers in at this address of this machine.", valueName: "address[:port]"))
    var listen: String?

    @Option(
        help: ArgumentHelp(
            "Record the session for 'ensayo replay'.",
            discussion: "A demo that is named lies in the folder of the recording, or below it.", valueName: "file"),
        completion: .file())
    var record: String?

    @OptionGroup var display: DisplayOptions

    private func check() throws(Failure) {
        if record != nil, share || listen != nil {
            throw .badInput("--record", "nobody can follow a replay", "leave --share and --listen out")
        }
    }

    func run() throws {
        try check()
        let installation = try Installation.find()
        let lesson = try installation.lesson(lesson)
        let step = if let step { try lesson.knownStep(step).id } else { String?.none }
        let demo = try DemoFile(script, for: lesson, recordedInto: record)
        let session = WorkshopSession(installation, display)
        if let record { return try session.record(lesson, at: step, demo: demo, into: record) }
        try session.present(lesson, at: step, demo: demo, in: try classroom(for: lesson.id))
    }

    private func classroom(for lesson: String) throws(Failure) -> OpenClassroom? {
        if let listen { return try OpenClassroom(at: HostPort(listen), for: lesson) }
        return share ? try OpenClassroom(at: HostPort(host: "127.0.0.1", port: nil), for: lesson) : nil
    }
}
