import Scenario

/// A question to a class: its answers, the hands for each, and what the run says.
struct TallySpeech {
    let state: LessonState
    let tally: Tally
    let language: Language

    private var options: [TallyOption] { state.tallyOptions(language) }

    private var asksForNumber: Bool {
        if case .predict(let prediction) = state.step?.kind, case .number = prediction.form { true } else { false }
    }

    var answers: [String] {
        (asksForNumber ? [Words.nearest(language)] : []) + options.indices.map { "\(name($0)): \(options[$0].text)." }
    }

    private func name(_ place: Int) -> String { language.text("Answer \(place + 1)", "Respuesta \(place + 1)") }

    /// `Answer 2: 3 hands.`
    func hands(for place: Int) -> String { "\(name(place)): \(Self.hands(tally.count(of: place), language))." }

    static func hands(_ count: Int, _ language: Language) -> String {
        switch count {
        case 0: language.text("no hands", "ninguna mano")
        case 1: language.text("1 hand", "1 mano")
        default: language.text("\(count) hands", "\(count) manos")
        }
    }

    /// All of them, with their shares.
    var hands: [String] {
        guard !tally.hands.isEmpty else { return [language.text("No hands yet.", "Aún no hay manos.")] }
        let numbers = NumberText(language, .ascii)
        let each = options.indices.map { place in
            "\(name(place)): \(Self.hands(tally.count(of: place), language)), "
                + "\(numbers.percent(tally.share(of: place)))."
        }
        let all = Self.hands(tally.hands.count, language)
        return each + [language.text("\(all) in all.", "\(all) en total.")]
    }

    /// What the run says, which answer that is, how many thought so, and why.
    var verdict: [String] {
        guard let step = state.step else { return [] }
        var lines = [truth]
        if let place = options.firstIndex(where: \.isRight) {
            let so = tally.hands.isEmpty ? "" : ", \(Self.hands(tally.count(of: place), language))"
            let of = tally.hands.isEmpty ? "" : " \(Words.of(language)) \(tally.hands.count)"
            let spanish = asksForNumber ? "La más cercana es la respuesta" : "La correcta es la respuesta"
            lines.append(
                language.text(
                    "\(name(place)) is \(asksForNumber ? "nearest" : "right")\(so)\(of).",
                    "\(spanish) \(place + 1)\(so)\(of)."))
        }
        let text = MarkdownSpeech(language: language) { state.figures.text(of: $0, in: step, language) }
        return lines + text.sentences(state.lesson.text(of: step, language).after)
    }

    /// `The run says: 80 ms.`
    var truth: String {
        state.revealedAnswer(language).map { Speech.sentence("\(Words.itTook(language)): \($0)") } ?? ""
    }
}

extension App {
    /// The hands that are shown here; `nil` where nobody counts any: a student answers alone.
    var shownTally: Tally? {
        guard lesson?.isAsking == true else { return nil }
        if presenter != nil { return tally ?? Tally() }
        return follower?.isLive == true ? lesson?.tally : nil
    }

    /// Whether digits are hands now.
    var countsHands: Bool { presenter != nil && shownTally?.isRevealed == false && overlay == nil }
}
