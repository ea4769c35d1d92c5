import Scenario

// Why an instructor's key does nothing where they are.
extension App {
    /// Why a student's key does nothing on an instructor's page; `nil`: it does something, or means nothing anywhere
    /// near.
    func teachingRefusal(of command: Command, in state: LessonState) -> LocalizedText? {
        switch command {
        case .nextStep: state.page == .summary ? Words.endOfTeaching : nil
        case .search: Words.noSearchHere
        case .sheet: nil
        case .confirm where state.page == .summary: nil
        case _ where state.isAsking && LessonState.ofRun.contains(command):
            tally?.isRevealed == true ? Refusal.runIsBehind.text : Words.answerBeforeRun
        default: state.refusal(of: command)?.text
        }
    }

    /// Says why the key that was just pressed does nothing.
    mutating func refuse(_ text: LocalizedText) { notice = Notice(text, after: nil) }

    /// Why `x` does nothing; `nil`: it plays the demo on.
    var demoRefusal: LocalizedText? {
        guard let demo = presenter?.demo else { return Words.noDemo }
        if demo.isPlaying { return Words.demoPlays }
        return demo.line == nil ? Words.demoIsOver : nil
    }

    /// Why there are no faults here, or not this one; `nil`: there are.
    ///
    /// - Parameter number: of the fault, from 1; `nil`: any.
    func faultRefusal(_ number: Int? = nil) -> LocalizedText? {
        guard let state = lesson else { return nil }
        if state.isAsking { return Words.handsAreCounted(state.tallyOptionCount) }
        if state.player == nil { return Refusal.noRun.text }
        let count = state.quickFaults.count
        if count == 0 { return Words.noFaults }
        guard let number, number > count else { return nil }
        return Words.faultsGoTo(count)
    }
}

extension Words {
    static let noDemo = LocalizedText(
        en: "This lesson has no demo; --script names one.", es: "Esta lección no tiene demo; --script da una.")
    static let demoPlays = LocalizedText(
        en: "The demo is playing; any other key stops it.", es: "La demo está en marcha; cualquier otra tecla la para.")
    static let demoIsOver = LocalizedText(en: "The demo is over.", es: "La demo ha terminado.")
    static let noFaults = LocalizedText(
        en: "Nothing here can be made to fail.", es: "Aquí no hay nada que se pueda hacer fallar.")
    static let noHands = LocalizedText(en: "No hand is counted yet.", es: "Aún no se ha contado ninguna mano.")
    static let answerIsShown = LocalizedText(
        en: "The answer is shown: n goes on, w shows the run.",
        es: "La respuesta ya se ve: n sigue, w muestra la simulación.")
    static let answerBeforeRun = LocalizedText(
        en: "First the answer (enter): then w shows the run.",
        es: "Antes, la respuesta (enter): luego w muestra la simulación.")
    static let pictureIsLarge = LocalizedText(
        en: "A picture has the whole screen as it is.", es: "La imagen ya tiene toda la pantalla.")
    static let noSearchHere = LocalizedText(
        en: "The search is in the menu of ensayo.", es: "La búsqueda está en el menú de ensayo.")
    static let endOfTeaching = LocalizedText(
        en: "The lesson ends here: q ends the presentation.", es: "Aquí acaba la lección: q termina la presentación.")

    static func handsAreCounted(_ count: Int) -> LocalizedText {
        LocalizedText(en: "Hands are counted here: 1-\(count).", es: "Aquí se cuentan manos: 1-\(count).")
    }

    static func faultsGoTo(_ count: Int) -> LocalizedText {
        LocalizedText(
            en: "The faults here are 1-\(count): F lists them.", es: "Los fallos aquí son 1-\(count): F los enumera.")
    }
}
