import Scenario
import Testing

@Suite("What is wrong with a scenario's diagram")
struct DiagramProblemTests {
    private func problems(_ yaml: String, _ files: [String: String] = [:]) -> String {
        let keyFiles = KeyFiles { path in files[path].map { .success(Array($0.utf8)) } ?? .failure(.missing) }
        do {
            _ = try ScenarioDocument(yaml: yaml, file: "shops/shop.yaml", files: keyFiles)
            return ""
        } catch {
            return error.description
        }
    }

    @Test("in a file of its own: the file's line and column")
    func inFile() {
        let text = problems("diagram: { file: a/shop.mmd }", ["a/shop.mmd": "sequenceDiagram\n  A=>>B: x\n"])
        #expect(
            text == """
                shops/a/shop.mmd:2:4: error: there is no arrow "=>>"
                   2 |   A=>>B: x
                     |    ^~~
                   arrows: -> --> ->> -->> <<->> <<-->> -x --x -) --)
                """)
    }

    @Test("in the scenario's file: that file's line and column")
    func inline() {
        let text = problems("seed: 3\ndiagram: |\n  sequenceDiagram\n    A->>B: x\n    end\n")
        #expect(text.hasPrefix("shops/shop.yaml:5:5: error: \"end\" closes nothing"))
        let quoted = problems("diagram: \"sequenceDiagram\\nA\"")
        #expect(quoted.hasPrefix("shops/shop.yaml:1:10: error: expected an arrow after \"A\""))
    }

    @Test("what the translation makes of it is shown at its lines, too")
    func translated() {
        let own = "backends: { B: { operations: { x: { latncy: 1s } } } }"
        let text = problems("diagram: |\n  sequenceDiagram\n  A->>B: x\n\(own)")
        #expect(text.hasPrefix("shops/shop.yaml:4:37: error: unknown key \"latncy\""))
        let shares = problems("diagram: |\n  sequenceDiagram\n  alt 80%\n  A->>B: x\n  else 70%\n  A->>B: y\n  end\n")
        #expect(shares.hasPrefix("shops/shop.yaml:3:3: error: with this branch the shares are more than 100%"))
    }

    @Test("files that are missing, diagrams that have nothing to run, and those that are too deep")
    func refused() {
        #expect(problems("diagram: { file: no.mmd }").contains("\"no.mmd\" is not there"))
        #expect(problems("diagram: { file: ../no.mmd }").contains("is not a path below the scenario's folder"))
        #expect(problems("diagram: { fil: no.mmd }").contains("did you mean \"file\"?"))
        #expect(problems("diagram: sequenceDiagram").contains("a diagram without messages has nothing to run"))
        let loops = String(repeating: "loop;", count: 41)
        let deep = "sequenceDiagram;\(loops)A->>B: x;" + String(repeating: "end;", count: 41)
        #expect(problems("diagram: \"\(deep)\"").contains("blocks lie at most 40 deep"))
    }
}
