import Scenario

/// How a student's first answers went, and how well they knew which ones to trust.
struct CalibrationRecord {
    struct Entry: Hashable {
        var lesson: LessonCover
        var step: LessonCover.Step
        var answer: LessonProgress.Answer

        var isMisconception: Bool { answer.confidence == .sure && !answer.isRight }
    }

    /// Answers given with the same confidence.
    struct Share: Hashable {
        var count = 0
        var right = 0
        /// 0...1; 0 where there are none.
        var ratio: Double { count == 0 ? 0 : Double(right) / Double(count) }
    }

    /// Fewer answers say nothing about a person.
    static let fewest = 5

    /// In the order of the course.
    let entries: [Entry]
    /// Challenges that were reached, and how many of them with their solution.
    private(set) var reached = (count: 0, withSolution: 0)
    let challengeCount: Int

    init(_ lessons: [LessonCover], _ progress: Progress) {
        challengeCount = lessons.reduce(0) { $0 + $1.challengeCount }
        for lesson in lessons {
            guard let own = progress.lessons[lesson.id] else { continue }
            let passed = lesson.steps.filter { $0.kind == .challenge && own.passed.contains($0.id) }
            reached.count += passed.count
            reached.withSolution += passed.count { own.withSolution.contains($0.id) }
        }
        entries = lessons.flatMap { lesson in
            lesson.steps.compactMap { step in
                progress.lessons[lesson.id]?.answers[step.id].map { Entry(lesson: lesson, step: step, answer: $0) }
            }
        }
    }

    subscript(confidence: Confidence) -> Share {
        let answers = entries.map(\.answer).filter { $0.confidence == confidence }
        return Share(count: answers.count, right: answers.count(where: \.isRight))
    }

    /// Where the student was sure of something else: worth another look.
    var sureAndWrong: [Entry] { entries.filter(\.isMisconception) }

    /// All of them, those first that are worth another look.
    var listed: [Entry] { sureAndWrong + entries.filter { !$0.isMisconception } }

    /// How many challenges were reached; `nil`: none yet.
    func challenges(_ language: Language) -> String? {
        guard reached.count > 0 else { return nil }
        let text = Words.challenges(passed: reached.count, of: challengeCount, withSolution: reached.withSolution)
        return "\(text(language).capitalizedFirst)."
    }

    /// What the numbers come to, no more than they bear.
    func sentences(_ language: Language) -> [String] {
        let (sure, guess) = (self[.sure], self[.guess])
        var sentences: [LocalizedText] = []
        if sure.count > 0 {
            sentences.append(
                LocalizedText(
                    en: sure.count == 1
                        ? "You were sure of one answer, and it was \(sure.right == 1 ? "right" : "wrong")."
                        : "Of \(sure.count) answers you were sure of, \(were(sure.right)) right.",
                    es: sure.count == 1
                        ? "Respondiste una vez con seguridad, y \(sure.right == 1 ? "acertaste" : "fallaste")."
                        : "De \(sure.count) respuestas dadas con seguridad acertaste \(sure.right)."))
        }
        if guess.count > 0 {
            sentences.append(
                LocalizedText(
                    en: guess.count == 1
                        ? "You guessed once, and it was \(guess.right == 1 ? "right" : "wrong")."
                        : "Of \(guess.count) guesses, \(were(guess.right)) right.",
                    es: guess.count == 1
                        ? "Una vez lo supusiste, y \(guess.right == 1 ? "acertaste" : "fallaste")."
                        : "De \(guess.count) suposiciones acertaste \(guess.right)."))
        }
        sentences.append(judgement(sure))
        if guess.count >= Self.fewest, guess.ratio >= 0.75 {
            sentences.append(
                LocalizedText(
                    en: "You know more than you think: most of your guesses were right.",
                    es: "Sabes más de lo que crees: acertaste casi todo lo que suponías."))
        }
        return sentences.map { $0(language) }
    }

    private func were(_ count: Int) -> String { count == 1 ? "1 was" : "\(count) were" }

    private func judgement(_ sure: Share) -> LocalizedText {
        switch sure.ratio {
        case _ where sure.count < Self.fewest:
            LocalizedText(
                en: "That is too little to say whether you can rely on being sure.",
                es: "Es poco para decir si puedes fiarte de tu seguridad.")
        case 0.9...:
            LocalizedText(
                en: "When you are sure, you can rely on it.",
                es: "Cuando respondes con seguridad, puedes fiarte.")
        case 0.7...:
            LocalizedText(
                en: "When you are sure, you are mostly right. The list below is where you were not.",
                es: "Cuando respondes con seguridad, casi siempre aciertas. Abajo están las veces que no.")
        default:
            LocalizedText(
                en: "You are sure more often than you are right: where it seems obvious, look twice.",
                es: "Respondes con seguridad más veces de las que aciertas: cuando parezca obvio, mira dos veces.")
        }
    }
}
