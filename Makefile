# Short names for what is done often. `make` alone prints them.
.DEFAULT_GOAL := help
.PHONY: help dev demo test check fmt quick bench killed boards storm clean

# Maven on the JDK 25: the formatter needs it. `./millwright maven` finds both.
MVN = ./millwright maven -q

help: ## print this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

dev: ## build what is stale and run a local factory
	./millwright up

demo: ## a factory with a sample repository and work for it
	./millwright demo

test: ## compile with all checks and run every test
	./millwright test

check: ## exactly what CI runs
	.ci/run

fmt: ## format every Java file
	$(MVN) spotless:apply

quick: ## compile main and test code, no checks, no tests
	$(MVN) -Dquick test-compile

bench: ## measure, half an hour; ARGS="--short line" is two minutes (docs/benchmarks.md)
	./millwright bench $(ARGS)

killed: ## kill -9 a working factory 20 times, on both databases (minutes)
	$(MVN) -Dquick -pl deploy/app -am test -Dtest=KilledTest -Dsurefire.failIfNoSpecifiedTests=false -Dkilled.kills=20 -Dkilled.items=50

boards: ## look 1,000 times at a board of 5,000 tickets; kill -9 while boards are dispatched (minutes)
	$(MVN) -Dquick -pl triage -am test -Dtest=LargeBoardTest -Dsurefire.failIfNoSpecifiedTests=false -Dboards.looks=1000
	$(MVN) -Dquick -pl deploy/app -am test -Dtest=BoardKilledTest -Dsurefire.failIfNoSpecifiedTests=false -Dkilled.boards=10

storm: ## 2,000 webhooks while the factory is killed twice, on both databases (minutes)
	$(MVN) -Dquick -pl deploy/app -am test -Dtest=StormTest -Dsurefire.failIfNoSpecifiedTests=false -Dstorm.full=true -Dstorm.deliveries=2000 -Dstorm.kills=2

clean: ## remove everything that was built
	$(MVN) clean
