import ArgumentParser
import Workshop

/// `ensayo`: the menu.
struct Menu: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Open the menu of lessons (the default).")

    @OptionGroup var display: DisplayOptions

    func run() throws {
        let installation = try Installation.find()
        try WorkshopSession(installation, display).run(opening: nil)
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
            """)

    @ArgumentParser.Argument(help: "The lesson: its id, the beginning of it, or its number.")
    var lesson: String

    @Option(help: "Start at this step.")
    var step: String?

    @OptionGroup var display: DisplayOptions

    func run() throws {
        let installation = try Installation.find()
        let lesson = try installation.lesson(lesson)
        if let step, lesson.step(step) == nil {
            let steps = lesson.steps.map(\.id).joined(separator: ", ")
            throw Failure.badInput("\(lesson.id) has no step \"\(step)\". Its steps: \(steps).")
        }
        try WorkshopSession(installation, display).run(opening: lesson, at: step)
    }
}
