import ArgumentParser
import Workshop

/// `ensayo`: the menu.
struct Menu: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Open the menu of lessons (the default).",
        discussion: """
              ensayo
              ensayo menu --language es
              ensayo menu --ascii --colours monochrome
            """)

    @OptionGroup var display: DisplayOptions

    func run() throws {
        let installation = try Installation.find()
        try WorkshopSession(installation, display).run()
    }
}

/// `ensayo learn`: one lesson.
struct Learn: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take a lesson, from where you left it.",
        discussion: """
              ensayo learn orchestration
              ensayo learn 1 --language es
              ensayo learn orchestration --step knee
              ensayo learn orchestration --record first-visit.replay
            """)

    @ArgumentParser.Argument(help: "The lesson: its id, the beginning of it, or its number.")
    var lesson: String

    @Option(help: "Start at this step.")
    var step: String?

    @Option(
        help: ArgumentHelp(
            "Record the session for 'ensayo replay'.",
            discussion: "A recorded session begins afresh and leaves your progress alone.", valueName: "file"))
    var record: String?

    @OptionGroup var display: DisplayOptions

    func run() throws {
        let installation = try Installation.find()
        let lesson = try installation.lesson(lesson)
        if let step { _ = try lesson.knownStep(step) }
        let session = WorkshopSession(installation, display)
        if let record {
            try session.record(lesson, at: step, into: record)
        } else {
            try session.run(opening: lesson, at: step)
        }
    }
}
