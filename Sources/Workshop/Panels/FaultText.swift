import Trace

extension PanelContext {
    /// A fault, as people call it.
    func faultName(_ fault: NameID) -> String {
        switch trace.name(fault) {
        case "down", "kill": text("down", "caído")
        case "errors": text("errors", "errores")
        case "added latency": text("added latency", "latencia añadida")
        case "slow": text("slow", "lento")
        case "hang": text("hangs", "colgado")
        case let other: other
        }
    }

    /// A fault and its size: `errors 50 %`, `slow ×3`.
    func faultText(_ fault: NameID, size: Int64) -> String {
        let name = faultName(fault)
        return switch trace.name(fault) {
        case "errors": "\(name) \(numbers.percent(Double(size) / 1e6))"
        case "added latency": "\(name) +\(numbers.duration(size))"
        case "slow": "\(name) \(glyphs.times)\(numbers.factor(Double(size) / 1e6))"
        default: name
        }
    }
}
