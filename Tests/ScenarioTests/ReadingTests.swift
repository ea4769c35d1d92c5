import Scenario
import Testing

@Suite struct ReadingTests {
    @Test func aMisspeltKeyIsShownInItsPlaceWithTheKeyThatWasMeant() {
        let yaml = """
            duration: 60s
            backends:
              sql: { latncy: { fixed: 500ms } }
            flows:
              report: [ call: sql.sales ]
            clients:
              web: { flow: report, at: 0s }
            """
        #expect {
            try ScenarioDocument(yaml: yaml, file: "orders.yaml")
        } throws: { error in
            "\(error)" == """
                orders.yaml:3:10: error: unknown key "latncy" in backend "sql"
                   3 |   sql: { latncy: { fixed: 500ms } }
                     |          ^~~~~~
                   did you mean "latency"?
                """
        }
    }
}
