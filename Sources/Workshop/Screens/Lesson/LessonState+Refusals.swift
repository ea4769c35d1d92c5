import Scenario

/// Why a key does nothing on a page of a lesson.
struct Refusal: Hashable, Sendable {
    var text: LocalizedText
    /// Whether it will do something on this page later.
    var isForNow: Bool

    private init(_ english: String, _ spanish: String, isForNow: Bool = false) {
        text = LocalizedText(en: english, es: spanish)
        self.isForNow = isForNow
    }

    static let end = Refusal(
        "The lesson ends here: q leads to the menu.", "Aquí acaba la lección: q lleva al menú.")
    static let beginning = Refusal("The lesson begins here.", "Aquí empieza la lección.")
    static let searchIsInTheMenu = Refusal(
        "The search is in the menu: q leads there.", "La búsqueda está en el menú: q lleva allí.")

    static let noRun = Refusal("There is no run on this page.", "En esta página no hay simulación.")
    static let answerFirst = Refusal(
        "Answer first: then w shows the run.", "Responde antes: luego w muestra la simulación.")
    static let runIsBehind = Refusal(
        "The run is one key away: w shows it.", "La simulación está a una tecla: w la muestra.")
    static let noPanel = Refusal("tab goes to a panel first.", "Antes, tab lleva a un panel.", isForNow: true)
    static let noControls = Refusal("This step has no controls.", "Este paso no tiene controles.")
    static let oneControl = Refusal("This step has one control only.", "Este paso solo tiene un control.")
    static let nothingToUndo = Refusal(
        "There is nothing to undo.", "No hay nada que deshacer.", isForNow: true)
    static let nothingToRedo = Refusal(
        "There is nothing to redo.", "No hay nada que rehacer.", isForNow: true)
    static let oneFuture = Refusal(
        "There is one future until you change something.",
        "Hay un solo futuro hasta que cambies algo.", isForNow: true)

    static let noHints = Refusal("There are no hints here.", "Aquí no hay pistas.")
    static let allHints = Refusal(
        "There are no more hints.", "No hay más pistas.", isForNow: true)
    static let allHintsOfChallenge = Refusal(
        "There are no more hints: s shows one solution.", "No hay más pistas: s muestra una solución.",
        isForNow: true)
    static let answered = Refusal(
        "It is answered: n goes on, w shows the run.", "Ya está respondida: n sigue, w muestra la simulación.")
    static let typeFirst = Refusal(
        "Type a number first, then enter or g.", "Escribe antes un número; luego, enter o g.", isForNow: true)
    static let nothingToCheck = Refusal(
        "There is nothing to check here: n goes on.", "Aquí no hay nada que comprobar: n sigue.")
    static let nothingOpen = Refusal(
        "Nothing is open: q leads to the menu.", "No queda nada pendiente: q lleva al menú.")
    static let answerBeforeWatching = Refusal(
        "Answer first: then w shows it.", "Responde antes: luego w lo muestra.", isForNow: true)
    static let nothingAsked = Refusal(
        "Only a question's run is watched with w.", "Con w solo se mira lo que se pregunta.")
    static let noSolution = Refusal("Only challenges have a solution.", "Solo los retos tienen solución.")
    static let solutionComesLater = Refusal(
        "First all hints (h), or success: then s shows one solution.",
        "Antes, todas las pistas (h) o el éxito: luego s muestra una solución.", isForNow: true)

    static func chooseFirst(_ count: Int) -> Refusal {
        Refusal(
            "Choose first, with 1-\(count): then enter or g.", "Elige antes, con 1-\(count); luego, enter o g.",
            isForNow: true)
    }
}

extension LessonState {
    /// Why a key would do nothing here; `nil`: it does something, or belongs to another screen.
    func refusal(of command: Command) -> Refusal? {
        switch command {
        case .nextStep: page == .summary ? .end : nil
        case .previousStep: page == .card ? .beginning : nil
        case .search: .searchIsInTheMenu
        case .hint: hintRefusal
        case .confirm: confirmRefusal
        case .watchIt: watchRefusal
        case .solution: isChallenge ? (canShowSolution ? nil : .solutionComesLater) : .noSolution
        // Its key is the one for a guess.
        case .toStart where isUnanswered: draftRefusal
        case _ where Self.ofRun.contains(command): hasRun ? runRefusal(command) : noRunRefusal
        default: nil
        }
    }

    /// Whether a run is on the screen, with its panels.
    var hasRun: Bool { !isAsking && player != nil && stage?.panels.isEmpty == false }

    /// Whether a question waits for its answer.
    var isUnanswered: Bool { isAsking && answer == nil }

    /// What needs a run.
    static let ofRun: Set<Command> = [
        .playPause, .back, .forward, .scrubBack, .scrubForward, .previousMark, .nextMark, .toStart, .toEnd, .goTo,
        .slower, .faster, .nextPanel, .previousPanel, .scrollUp, .scrollDown, .zoom, .why, .trueTimes, .nextControl,
        .lower, .raise, .fault, .undo, .redo, .reset, .compare, .nextDifference,
    ]

    private var noRunRefusal: Refusal { isUnanswered ? .answerFirst : isAsking ? .runIsBehind : .noRun }

    private func runRefusal(_ command: Command) -> Refusal? {
        switch command {
        case .scrollUp, .scrollDown, .zoom: focusedPanel == nil ? .noPanel : nil
        case .lower, .raise: controls.isEmpty ? .noControls : nil
        case .nextControl: controls.isEmpty ? .noControls : controls.count == 1 ? .oneControl : nil
        case .undo, .reset: player?.history.canUndo == true ? nil : .nothingToUndo
        case .redo: player?.history.canRedo == true ? nil : .nothingToRedo
        case .compare, .nextDifference: player?.earlier == nil ? .oneFuture : nil
        default: nil
        }
    }

    private var hintRefusal: Refusal? {
        guard let step else { return .noHints }
        let count = lesson.text(of: step, .english).hints.count
        if count == 0 { return .noHints }
        if answer != nil { return .answered }
        guard hints >= count else { return nil }
        return isChallenge ? .allHintsOfChallenge : .allHints
    }

    private var confirmRefusal: Refusal? {
        switch page {
        case .card: nil
        case .summary: openSteps.isEmpty ? .nothingOpen : nil
        case .step where isUnanswered: draftRefusal
        case .step where isAsking: .answered
        case .step: isChallenge ? nil : .nothingToCheck
        }
    }

    private var draftRefusal: Refusal? {
        guard case .predict(let prediction) = step?.kind, !hasDraft else { return nil }
        return if case .choices(let choices) = prediction.form { .chooseFirst(choices.count) } else { .typeFirst }
    }

    private var watchRefusal: Refusal? {
        guard case .predict = step?.kind else { return .nothingAsked }
        return answer == nil ? .answerBeforeWatching : nil
    }
}
