package com.foobar;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.http.HttpEntity;
import org.springframework.stereotype.Repository;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.servlet.ModelAndView;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests which packages may depend on which packages, and what classes may do. */
class ArchitectureTests {

	private static final JavaClasses site = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("com.foobar");

	@Test
	void siteHasClasses() {
		assertThat(site).hasSizeGreaterThan(30);
	}

	@Test
	void featuresDoNotDependOnEachOtherInCircles() {
		slices().matching("com.foobar.(*)..").should().beFreeOfCycles().check(site);
	}

	@Test
	void packagesBelowTheWebPackageDoNotDependOnEachOtherInCircles() {
		slices().matching("com.foobar.web.(*)..").should().beFreeOfCycles().check(site);
	}

	@Test
	void webPackageDoesNotDependOnItsSubpackages() {
		noClasses().that()
			.resideInAPackage("com.foobar.web")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("com.foobar.web.*..")
			.check(site);
	}

	@Test
	void featuresDoNotDependOnTheDatabasePackage() {
		noClasses().that()
			.resideOutsideOfPackages("com.foobar", "com.foobar.database..", "com.foobar.web..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("com.foobar.database..")
			.because("a feature declares with @Transactional alone where it runs")
			.check(site);
	}

	@Test
	void onlyTheRootOfTheDatabasePackageIsUsedOutside() {
		noClasses().that()
			.resideOutsideOfPackages("com.foobar", "com.foobar.database..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("com.foobar.database.*..")
			.check(site);
	}

	@Test
	void packagesBelowTheDatabasePackageDependOnEachOtherInOneDirection() {
		layeredArchitecture().consideringOnlyDependenciesInLayers()
			.layer("topology")
			.definedBy("com.foobar.database.topology")
			.layer("root")
			.definedBy("com.foobar.database")
			.layer("connection")
			.definedBy("com.foobar.database.connection")
			.layer("server")
			.definedBy("com.foobar.database.server")
			.layer("routing")
			.definedBy("com.foobar.database.routing")
			.layer("migration")
			.definedBy("com.foobar.database.migration")
			.layer("actuate")
			.definedBy("com.foobar.database.actuate")
			.layer("config")
			.definedBy("com.foobar.database.config")
			.whereLayer("root")
			.mayOnlyAccessLayers("topology")
			.whereLayer("topology")
			.mayNotAccessAnyLayer()
			.whereLayer("connection")
			.mayOnlyAccessLayers("root")
			.whereLayer("server")
			.mayOnlyAccessLayers("connection", "root", "topology")
			.whereLayer("routing")
			.mayOnlyAccessLayers("server", "connection", "root", "topology")
			.whereLayer("migration")
			.mayOnlyAccessLayers("server", "connection", "root", "topology")
			.whereLayer("actuate")
			.mayOnlyAccessLayers("server", "connection", "root", "topology")
			.check(site);
	}

	@Test
	void databasePackageDependsNeitherOnFeaturesNorOnHttp() {
		noClasses().that()
			.resideInAPackage("com.foobar.database..")
			.should()
			.dependOnClassesThat(describe("belong to the site or to HTTP", ArchitectureTests::siteOrHttp))
			.check(site);
	}

	private static boolean siteOrHttp(JavaClass type) {
		String name = type.getPackageName();
		boolean site = name.startsWith("com.foobar.") && !name.startsWith("com.foobar.database")
				&& !name.equals("com.foobar.setting");
		return site || name.startsWith("jakarta.servlet") || name.startsWith("org.springframework.web")
				|| name.startsWith("org.springframework.http");
	}

	// An import that only Javadoc uses is in no class file, so the other rules do not see
	// it.
	@Test
	void importsHaveNoCircles() throws IOException {
		List<SourcePackage> packages = SourcePackage.all();
		assertThat(packages).hasSizeGreaterThan(20);
		assertThat(circles(packages, (name) -> name)).isEmpty();
		assertThat(circles(packages, SourcePackage::part)).isEmpty();
	}

	private static Map<String, Set<String>> circles(List<SourcePackage> packages, UnaryOperator<String> group) {
		var remaining = new HashMap<String, Set<String>>();
		packages.forEach((source) -> {
			String name = group.apply(source.name());
			Set<String> imports = remaining.computeIfAbsent(name, (key) -> new HashSet<>());
			source.imports().stream().map(group).filter((other) -> !other.equals(name)).forEach(imports::add);
		});
		boolean removed = true;
		while (removed) {
			removed = remaining.values().removeIf((imports) -> Collections.disjoint(imports, remaining.keySet()));
		}
		return remaining;
	}

	@Test
	void descriptionsNameThePackagesThatAreImported() throws IOException {
		SourcePackage.all()
			.forEach((source) -> assertThat(source.describedDependencies()).as(source.name())
				.isEqualTo(source.dependencies()));
	}

	@Test
	void everyPackageHasADescription() {
		var described = site.stream()
			.filter((type) -> type.getSimpleName().equals("package-info"))
			.filter((type) -> type.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
			.map(JavaClass::getPackageName)
			.toList();
		var all = site.stream().map(JavaClass::getPackageName).distinct().toList();
		assertThat(described).containsExactlyInAnyOrderElementsOf(all);
	}

	@Test
	void onlyRepositoriesUseSql() {
		noClasses().that()
			.areNotAnnotatedWith(Repository.class)
			.should()
			.dependOnClassesThat()
			.areAssignableTo(JdbcOperations.class)
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(JdbcClient.class)
			.check(site);
	}

	@Test
	void responsesToWritesCanBeStored() {
		methods().that()
			.areAnnotatedWith(PostMapping.class)
			.or()
			.areAnnotatedWith(PutMapping.class)
			.or()
			.areAnnotatedWith(DeleteMapping.class)
			.should()
			.notHaveRawReturnType(assignableTo(HttpEntity.class))
			.andShould()
			.notHaveRawReturnType(assignableTo(ModelAndView.class))
			.because("the response to a request with an Idempotency-Key is stored as JSON or as the name of a view")
			.check(site);
	}

	@Test
	void fieldsOfTheSiteAreFinal() {
		assertThat(site.stream()
			.filter((type) -> !type.getPackageName().startsWith("com.foobar.database"))
			.flatMap((type) -> type.getFields().stream())
			.filter((field) -> !field.getModifiers().contains(JavaModifier.FINAL))).isEmpty();
	}

}
