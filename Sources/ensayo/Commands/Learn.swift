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
              ensayo menu --record visit.replay
            """)

    @OptionGroup var options: MenuOptions

    func run() throws {
        let session = WorkshopSession(try Installation.find(), options.display)
        if let record = options.recording.record { return try session.record(into: record) }
        try session.run()
    }
}

/// What the menu can be told.
struct MenuOptions: ParsableArguments {
    @OptionGroup var recording: RecordOptions

    @OptionGroup var display: DisplayOptions
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
              ensayo learn ./01-queues                          a lesson in any folder
              ensayo learn --watch ./01-queues                  while you write it
            """)

    @ArgumentParser.Argument(
        help: "The lesson: its id, the beginning of it, its number, or its folder.",
        completion: .lessons())
    var lesson: String

    @Option(help: "Start at this step.", completion: .steps)
    var step: String?

    @OptionGroup var recording: RecordOptions

    @Flag(
        help: ArgumentHelp(
            "Show what is saved in the lesson's folder at once, at the step that was edited.",
            discussion: "Problems are shown with their places until they are mended."))
    var watch = false

    @OptionGroup var display: DisplayOptions

    func run() throws {
        let installation = try Installation.find()
        if watch { return try watch(installation) }
        let lesson = try installation.lesson(lesson)
        let step = if let step { try lesson.knownStep(step).id } else { String?.none }
        let session = WorkshopSession(installation, display)
        if let record = recording.record {
            try session.record(lesson, at: step, into: record)
        } else {
            try session.run(opening: lesson, at: step)
        }
    }
    private func watch(_ installation: Installation) throws(Failure) {
        if recording.record != nil {
            throw .badInput("--record", "a recorded session knows of no edits", "use --watch or --record")
        }
        let entry = try installation.entry(lesson)
        guard Installation.isFolder(entry.folder) else {
            throw .badInput(entry.folder, "there is no such folder", "`ensayo new` makes a lesson")
        }
        try WorkshopSession(installation, display).run(watching: entry, at: step)
    }
}
