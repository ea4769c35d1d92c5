import TerminalKit

extension LessonState {
    /// Takes a key of the question on the screen. Returns whether it meant something there.
    mutating func answer(_ key: Key) -> Bool {
        guard case .predict(let prediction) = step?.kind, answer == nil else { return false }
        switch (key, prediction.form) {
        case (.character(let character), .choices(let choices)):
            if let digit = character.wholeNumberValue, choices.indices.contains(digit - 1) {
                reply.choice = digit - 1
                return true
            }
        case (.character(let character), .number) where character.isNumber || character == "." || character == ",":
            if reply.typed.count < 9 { reply.typed.append(character == "," ? "." : character) }
            return true
        case (.backspace, .number):
            _ = reply.typed.popLast()
            return true
        default: break
        }
        switch key {
        case .enter: return give(.sure, to: prediction)
        case .character("g"): return give(.guess, to: prediction)
        default: return false
        }
    }

    mutating func moveChoice(_ step: Int) {
        guard case .predict(let prediction) = self.step?.kind, case .choices(let choices) = prediction.form,
            answer == nil
        else { return turnText(step) }
        let now = reply.choice ?? (step > 0 ? -1 : choices.count)
        reply.choice = min(max(now + step, 0), choices.count - 1)
    }
}
