package dev.mall.saga;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Rules inside saga-orchestrator; those between services are in tests/system. */
@AnalyzeClasses(packagesOf = SagaApplication.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theEngineIsPureAndKnowsNothingOfShops =
      classes()
          .that()
          .resideInAPackage("..engine..")
          .should()
          .onlyDependOnClassesThat()
          .haveNameMatching(
              "\\[.*|java\\..*|org\\.jspecify\\..*|dev\\.mall\\.saga\\.engine\\..*"
                  + "|dev\\.mall\\.contracts\\.(Message|Command|Reply|Event|wire\\.MessageTypes|values\\.StepKey)"
                  + "|dev\\.mall\\.messaging\\.envelope\\.OutboundMessage");

  @ArchTest
  static final ArchRule theRuntimeKnowsNothingOfShops =
      noClasses()
          .that()
          .resideInAPackage("..runtime..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..checkout..", "dev.mall.saga.messaging..", "..operator..");

  @ArchTest
  static final ArchRule operatorsChangeSagasThroughTheRunnerOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.mall.saga.operator.sagas..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.mall.saga.messaging..", "dev.mall.messaging..");
}
