package dev.mall.system;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** The house as the design draws it. A rule that matches nothing fails. */
@AnalyzeClasses(packages = "dev.mall", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] SERVICES = {
    "dev.mall.order..",
    "dev.mall.inventory..",
    "dev.mall.payment..",
    "dev.mall.notification..",
    "dev.mall.saga.."
  };

  private static final String[] COMMON = {
    "dev.mall.contracts..",
    "dev.mall.messaging..",
    "dev.mall.locking..",
    "dev.mall.identifiers..",
    "dev.mall.money..",
    "dev.mall.security..",
    "dev.mall.web..",
    "dev.mall.embedded.."
  };

  @ArchTest
  static final ArchRule servicesMeetOnlyInContracts =
      slices()
          .matching("dev.mall.(order|inventory|payment|notification|saga)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule commonKnowsNoService =
      noClasses()
          .that()
          .resideInAnyPackage(COMMON)
          .should()
          .dependOnClassesThat(resideInAnyPackage(SERVICES));

  @ArchTest
  static final ArchRule nothingDependsOnTheLauncher =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.mall.launcher..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.mall.launcher..");

  @ArchTest
  static final ArchRule theVerifierSharesNoCodeWithWhatItJudges =
      noClasses()
          .that()
          .resideInAPackage("dev.mall.verifier..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(SERVICES).or(resideInAnyPackage(COMMON)));

  @ArchTest
  static final ArchRule nothingBelowDependsOnTheVerifier =
      noClasses()
          .that(resideInAnyPackage(SERVICES).or(resideInAnyPackage(COMMON)))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.mall.verifier..");

  @ArchTest
  static final ArchRule contractsAreJdkTypesOnly =
      classes()
          .that()
          .resideInAPackage("dev.mall.contracts..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.mall.contracts..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule messagingKnowsNoOtherKit =
      noClasses()
          .that()
          .resideInAPackage("dev.mall.messaging..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.mall.locking..", "dev.mall.identifiers..", "dev.mall.money..", "dev.mall.web..");

  @ArchTest
  static final ArchRule servicesMeetHttpOnlyInWeb =
      noClasses()
          .that()
          .resideInAnyPackage(SERVICES)
          .and()
          .resideOutsideOfPackage("..web..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework.web..", "jakarta.servlet..");

  @ArchTest
  static final ArchRule servicesMeetKafkaOnlyInMessaging =
      noClasses()
          .that()
          .resideInAnyPackage(SERVICES)
          .and()
          .resideOutsideOfPackage("..messaging..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework.kafka..", "org.apache.kafka..");

  @ArchTest
  static final ArchRule webTypesArePackagePrivate =
      classes()
          .that()
          .resideInAnyPackage(
              "dev.mall.order..web..",
              "dev.mall.inventory..web..",
              "dev.mall.payment..web..",
              "dev.mall.notification..web..",
              "dev.mall.saga..web..")
          .and()
          .areTopLevelClasses()
          .should()
          .notBePublic();

  @ArchTest
  static final ArchRule theEngineIsPure =
      noClasses()
          .that()
          .resideInAPackage("dev.mall.saga.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "java.sql..", "org.apache.kafka..");

  @ArchTest
  static final ArchRule rulesAreAskedForNoTimeOfTheirOwn =
      noClasses()
          .that()
          .resideInAnyPackage(SERVICES)
          .should()
          .callMethod(Instant.class, "now")
          .because("deadlines are the database's, and what people read comes from a Clock");

  @ArchTest
  static final ArchRule nothingIsInjectedIntoFields =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(SERVICES)
          .should()
          .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired");

  private static final DescribedPredicate<JavaClass> floating =
      type(double.class).or(type(float.class)).or(type(Double.class)).or(type(Float.class));

  @ArchTest
  static final ArchRule moneyNeverFloats =
      noCodeUnits()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage("dev.mall.money..", "dev.mall.payment..", "dev.mall.order..")
          .should()
          .haveRawReturnType(floating)
          .orShould()
          .haveRawParameterTypes(anyElementThat(floating));
}
