import Glibc
import Scenario
import TerminalKit
import Workshop

/// The workshop line by line, on whatever stands behind stdin and stdout: a terminal, a pipe, a screen reader.
struct LinearSession {
    let app: App
    let desk: any LoopDelegate
    let isASCII: Bool

    /// Whether the locale can write more than ASCII.
    static var hasUnicode: Bool {
        setlocale(LC_ALL, "")
        return String(cString: nl_langinfo(Int32(CODESET))).uppercased() == "UTF-8"
    }

    /// Until the person leaves, or the input ends.
    func run(_ effects: [Effect]) -> App {
        let isASCII = isASCII
        let reader = LineReader()
        let loop = LinearLoop(
            app: app, runner: ImmediateRunner(), outside: desk,
            read: { reader.next(within: $0) },
            write: { lines in
                let text = lines.joined(separator: "\n")
                Output.result(isASCII ? Text.inASCII(text) : text)
            })
        loop.run(effects)
        return loop.app
    }
}
