import Scenario
import Testing

@testable import TerminalKit
@testable import Workshop

/// A system is built, changed, run, broken, saved and shared by ear alone.
@Suite struct LinearSandboxTests {
    @Test func aSystemIsBuiltRunBrokenSavedAndSharedByEar() throws {
        let one = try SandboxListener()
        let journey: [(line: String, heard: [String])] = [
            ("?", ["add a part.", "inject a fault.", "save it as YAML.", "9 more."]),
            ("more", ["rename it.", "remove it.", "undo.", "share it as one line.", "why did this happen."]),
            // A backend.
            ("add", ["Add a part, first to backends.", "1 service, a backend", "esc to go back", "9 more."]),
            ("1", ["backends.service is there.", "backends.service, closed: latency 50ms, concurrency 10."]),
            ("rename", ["backends.service (new name): service", "An empty line keeps the old one."]),
            ("stock", ["backends.stock, closed:"]),
            // A call to it in the flow.
            ("visit", ["flows.visit, open, 2 parts: call api.read and call database.query."]),
            ("add a part", ["first to flows.visit.", "call, calls a backend."]),
            ("call", ["flows.visit.2.call: api.read."]),
            ("edit", ["flows.visit.2.call: api.read", "Type what is to stand there."]),
            ("stock.get", ["flows.visit.2.call: stock.get.", "visit"]),
            // Its latency.
            ("stock.latency", ["backends.stock.latency: 50ms.", "How long an operation takes."]),
            ("edit it", ["An empty line keeps what there is."]),
            ("120", ["needs a unit"]),
            ("120ms", ["backends.stock.latency: 120ms.", "before"]),
            // The run and its figures.
            ("play on", ["From 15.000 s to 30.000 s:", "Flow visit:", "the run is over."]),
            ("numbers", ["stock:", "visit:"]),
            ("to a moment", ["Type 12.5s, #257, or words"]),
            ("10s", ["Back at 10.000 s."]),
            // A fault.
            ("fault", ["A fault, from the cursor on: api.", "9 database instead. 10 stock instead."]),
            ("stock", ["Chosen: stock"]),
            ("stock: kill it", ["Two futures: with this change", "stock"]),
            // The file.
            ("save", ["Save as YAML: sandbox.yaml", "is kept, as interventions.", "esc does not save."]),
            ("shop", ["Saved as shop.yaml.", "Sandbox: shop.yaml."]),
            ("share", ["One line to share: ensayo- 1.", "1 print it when you leave."]),
            ("1", ["Printed when you leave."]),
            ("close", ["You are at backends.stock.latency."]),
            ("leave", ["Ensayo, the menu."]),
            ("leave", []),
        ]
        let said = one.hear(journey.map(\.line))
        #expect(said[0].hasPrefix("Sandbox: sandbox. backends, open, 2 parts: api and database."), "\(said[0])")
        for (step, heard) in zip(journey, said.dropFirst()) {
            for text in step.heard { #expect(heard.contains(text), "\(step.line): \(text)\n\(heard)") }
        }
        let yaml = try #require(one.memory.files["shop.yaml"])
        #expect(yaml.contains("stock: {latency: 120ms, concurrency: 10}") || yaml.contains("120ms"), "\(yaml)")
        #expect(yaml.contains("call: stock.get") && yaml.contains("interventions"), "\(yaml)")
        let saved = try Assembler(yaml: yaml, path: "shop.yaml")
        #expect(try Assembler(yaml: ScenarioCode(try #require(one.printed.first)).yaml).digest == saved.digest)
        for line in one.said.joined() {
            #expect(!line.contains(where: Speech.isDrawing) && Text.width(line) < 80, "\(line)")
        }
    }

    @Test func aSystemIsBuiltByEarInSpanish() throws {
        let one = try SandboxListener(language: .spanish)
        let journey: [(line: String, heard: [String])] = [
            ("?", ["añadir una parte.", "provocar un fallo.", "guardarlo como YAML.", "9 más."]),
            ("añadir", ["Añadir una parte, primero a backends.", "1 service, un backend"]),
            ("service", ["backends.service añadido.", "backends.service, plegado: latency 50ms"]),
            ("nombre", ["Escribe el nombre nuevo."]),
            ("almacén", ["backends.almacén, plegado"]),
            ("visit", ["flows.visit, desplegado, 2 partes: call api.read y call database.query."]),
            ("4", ["call, llama a un backend."]),
            ("call", ["flows.visit.2.call: api.read."]),
            ("editar", ["Escribe lo que debe poner. Una línea vacía deja lo que hay."]),
            ("almacén.get", ["flows.visit.2.call: almacén.get."]),
            ("seguir", ["De 15,000 s a 30,000 s:", "Flujo visit:"]),
            ("guardar", ["esc no guarda."]),
            ("", ["Guardado como sandbox.yaml."]),
            ("salir del banco", ["Ensayo, el menú."]),
        ]
        let said = one.hear(journey.map(\.line))
        for (step, heard) in zip(journey, said.dropFirst()) {
            for text in step.heard { #expect(heard.contains(text), "\(step.line): \(text)\n\(heard)") }
        }
        #expect(one.memory.files["sandbox.yaml"]?.contains("call: almacén.get") == true)
    }

    // MARK: Fields

    @Test(arguments: ["1", "people", "more", "where", "q", "+", "why"])
    func whatIsTypedIntoAFieldIsItsText(_ line: String) throws {
        let one = try SandboxListener()
        one.hear(["save", line])
        #expect(one.memory.files.keys.sorted() == ["\(line).yaml"])
    }

    @Test func aFieldIsLeftAsItIs() throws {
        for line in ["", "esc"] {
            let one = try SandboxListener()
            let said = one.hear(["api.latency", "edit", line])
            #expect(one.app.sandbox?.input == nil)
            #expect(one.app.sandbox?.canUndo == false, "\(line)")
            #expect(said[3].hasPrefix("You are at backends.api.latency."), "\(said[3])")
        }
        let one = try SandboxListener()
        one.hear(["save", "esc"])
        #expect(one.memory.files.isEmpty && one.app.sandbox?.input == nil)
    }

    @Test func whatIsRefusedSaysWhyEachTime() throws {
        let one = try SandboxListener()
        let said = one.hear(["api.latency", "edit", "20", "20", "20ms"])
        #expect(said[3].contains("needs a unit") && said[4].contains("needs a unit"), "\(said[3...4])")
        #expect(one.app.sandbox?.input == nil)
    }

    @Test func aFileThatIsThereIsReplacedOnlyWhereThatIsSaid() throws {
        let one = try SandboxListener()
        one.hear(["save", "shop", "api.concurrency", "raise", "save", "other"])
        let two = try SandboxListener()
        let said = two.hear(["save", "shop"])
        #expect(said[2].contains("Saved as shop.yaml."))
        #expect(one.memory.files.count == 2)
        let three = try SandboxListener()
        _ = three.perform(.write(yaml: "old", path: "shop.yaml", replaces: false))
        let asked = three.hear(["save", "shop", "", "2", "mine", "save", "shop", "replace it"])
        #expect(asked[2].contains("shop.yaml is there already.") && asked[2].contains("1 replace it."), "\(asked[2])")
        #expect(asked[5].contains("Saved as mine.yaml."), "\(asked[5])")
        #expect(three.memory.files["shop.yaml"] != "old")
    }

    // MARK: Parts

    @Test func aPartIsFoundByItsNameItsPlaceAndWhatStandsThere() throws {
        let one = try SandboxListener()
        let said = one.hear(["latency", "database.latency", "api.read", "conc", "api", "conc"])
        #expect(said[1] == "Which one? backends.api.latency. backends.database.latency.", "\(said[1])")
        #expect(said[2].hasPrefix("backends.database.latency, closed: lognormal"), "\(said[2])")
        #expect(said[3].hasPrefix("flows.visit.0.call: api.read."), "\(said[3])")
        #expect(said[4].hasPrefix("Which one?"), "\(said[4])")
        #expect(said[6].hasPrefix("backends.api.concurrency: 10."), "\(said[6])")
    }

    @Test func theListOfPartsIsNarrowedDownByWords() throws {
        let one = try SandboxListener()
        let said = one.hear(["api", "add", "gobbledygook", "calls are refused", "1"])
        #expect(said[3].contains("Nothing of that name."), "\(said[3])")
        #expect(said[4].contains("1 down, a fault: calls are refused"), "\(said[4])")
        #expect(one.app.sandbox?.draft.root["backends"]?["api"]?["faults"] != nil)
    }

    @Test func whatOthersNeedIsAskedAbout() throws {
        let one = try SandboxListener()
        let said = one.hear(["api", "remove", "2", "remove", "1", "undo"])
        #expect(said[2].contains("does not go alone") && said[2].contains("1 remove all of it."), "\(said[2])")
        #expect(said[3].contains("You are at backends.api."), "\(said[3])")
        #expect(!said[5].isEmpty && one.app.sandbox?.isUnsaved == false, "\(said[5])")
    }

    /// The list keeps its numbers from part to part, and is not said again at each.
    @Test func movingAlongThePartsSaysThePartAndNoMore() throws {
        let said = try SandboxListener().hear(["1", "3", "1", "2", "open"])
        #expect(said[1] == "backends.api, closed: latency 20ms, concurrency 10.", "\(said[1])")
        #expect(said[2] == "backends.api, open, 2 parts: latency and concurrency.", "\(said[2])")
        #expect(said[3] == "backends.api.latency: 20ms. How long an operation takes.", "\(said[3])")
    }

    @Test func oneEventAtATimeLeavesThePlaceInTheSystem() throws {
        let one = try SandboxListener()
        let said = one.hear(["one event forward", "one event back", "where"])
        #expect(said[1].hasPrefix("At 15.0"), "\(said[1])")
        #expect(said[2].hasPrefix("Back at 1"), "\(said[2])")
        #expect(said[3].hasPrefix("Sandbox: sandbox. backends, open"), "\(said[3])")
    }

    @Test func aPanelIsGoneToAndLeft() throws {
        let said = try SandboxListener().hear(["api", "tab", "back to the parts"])
        #expect(said[2].contains("1 back to the parts. 2 play on."), "\(said[2])")
        #expect(said[3] == "You are at backends.api.", "\(said[3])")
    }

    @Test func leavingWhatIsNotSavedIsAsked() throws {
        let said = try SandboxListener().hear(["api.concurrency", "raise the value", "q", "3", "q", "2"])
        #expect(said[3].contains("changes that are not saved") && said[3].contains("1 save it first."), "\(said[3])")
        #expect(said[6].contains("Ensayo, the menu."), "\(said[6])")
    }
}
