import Trace

extension PanelContext {
    /// A fault, as people call it: `errors`, `503 answers`, `broken connections`.
    func faultName(_ fault: NameID) -> String {
        let name = trace.name(fault)
        if let answer = Self.answer(of: name) {
            return answer == "reset"
                ? text("broken connections", "conexiones cortadas") : text("\(answer) answers", "respuestas \(answer)")
        }
        return switch name {
        case "down", "kill": text("down", "caído")
        case "errors": text("errors", "errores")
        case "added latency": text("added latency", "latencia añadida")
        case "slow": text("slow", "lento")
        case "hang": text("hangs", "colgado")
        case "blackhole": text("unreachable", "inalcanzable")
        default: name
        }
    }

    /// A fault and its size: `errors 50 %`, `slow ×3`.
    func faultText(_ fault: NameID, size: Int64) -> String {
        let name = faultName(fault)
        return switch trace.name(fault) {
        case "errors": "\(name) \(numbers.percent(Double(size) / 1e6))"
        case "added latency": "\(name) +\(numbers.duration(size))"
        case "slow": "\(name) \(glyphs.times)\(numbers.factor(Double(size) / 1e6))"
        case let label where Self.answer(of: label) != nil:
            text(
                "\(name) \(numbers.percent(Double(size) / 1e6))", "\(numbers.percent(Double(size) / 1e6)) de \(name)")
        default: name
        }
    }

    /// What calls are answered with under errors of one kind: `503` of `errors as 503`.
    private static func answer(of fault: String) -> String? {
        let words = fault.split(separator: " ")
        return words.count == 3 && words[0] == "errors" && words[1] == "as" ? String(words[2]) : nil
    }
}

extension PanelContext {
    /// A mark's label in the reader's language, as far as the scenario gives it.
    func markLabel(_ label: NameID) -> String {
        let name = trace.name(label)
        return run.markLabels[name]?(language) ?? name
    }
}
