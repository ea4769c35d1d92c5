import ArgumentParser
import Scenario
import Workshop

/// `ensayo present`: a lesson, for those who teach it.
struct Present: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Present a lesson to a class.",
        discussion: """
            One thing at a time in large, with a time budget, hands counted for predictions (1-9), faults under the
            same digits, and a demo script that x plays on. ? tells every key. Your own progress is left alone.

              ensayo present circuit-breaker
              ensayo present 5 --step flapping --language es
              ensayo present 5 --script my-demo.replay

            Without --script, x plays replays/demo.replay of the lesson, if there is one. docs/teaching.md tells more.
            """)

    @ArgumentParser.Argument(help: "The lesson: its id, the beginning of it, or its number.")
    var lesson: String

    @Option(help: "Start at this step.")
    var step: String?

    @Option(help: ArgumentHelp("The demo: a session as 'learn --record' writes it.", valueName: "file"))
    var script: String?

    @OptionGroup var display: DisplayOptions

    func run() throws {
        let installation = try Installation.find()
        let lesson = try installation.lesson(lesson)
        if let step { _ = try lesson.knownStep(step) }
        let state = PresenterState(script: try DemoFile.read(script, for: lesson))
        try WorkshopSession(installation, display).present(lesson, at: step, state)
    }
}
