# %% [markdown]
# ### Environment report
#
# "It works on my computer" often means: with another Python, or with another version of a package. A virtual
# environment is a folder with its own Python and its own packages. One project cannot disturb another then. This
# function writes down what you are working with. You can put its result into every report of an error.
#
# Python knows two folders: `sys.prefix`, where it runs, and `sys.base_prefix`, where it was installed. Inside a
# virtual environment the two differ. Outside they are equal.
#
# **By hand.** A Python 3.12.4 runs in `/opt/course/.venv` and was installed in `/usr`. The folders differ, so a
# virtual environment is active. NumPy 2.1.0 is installed there and a package called `abacus` is not. The report for
# the packages `("numpy", "abacus")` is
# `{"python": "3.12.4", "virtual_environment": "yes", "numpy": "2.1.0", "abacus": "missing"}`.
#
# Return the report as a dictionary of texts. The function `metadata.version(name)` gives the version of an installed
# package and raises `metadata.PackageNotFoundError` for others.

# %%
import numpy as np
from autograder.kit import accepted, check, exercise, helper, hidden, holds, misconception, raises, same

exercise(
    points=5,
    minutes=12,
    level=1,
    oracle="sys.version_info, numpy.__version__ and importlib.metadata of the running process",
    section="Plain Python",
    topics=("r3-2-venv", "r3-2-collections", "r3-2-functions", "r1-tools-python", "r1-tools-numpy"),
)

# %%
import platform
import sys
from importlib import metadata


# %%
def environment_report(
    packages: tuple[str, ...] = ("numpy",), prefix: str | None = None, base_prefix: str | None = None
) -> dict[str, str]:
    """Describe the Python environment in which this function runs.

    Parameters
    ----------
    packages : tuple or list of package names, as pip knows them
    prefix : folder in which Python runs; None stands for sys.prefix
    base_prefix : folder in which Python was installed; None stands for sys.base_prefix

    Returns
    -------
    dict of texts with these keys:
        "python" : the version as three numbers with dots, such as "3.12.4"
        "virtual_environment" : "yes" when the two folders differ, otherwise "no"
        and one key for each package: its version, or "missing" when it is not installed

    Raises
    ------
    TypeError : packages is a single text instead of a tuple or list of texts
    """
    ### BEGIN SOLUTION
    if isinstance(packages, str):
        raise TypeError("packages must be a tuple or list of names")
    prefix = sys.prefix if prefix is None else prefix
    base_prefix = sys.base_prefix if base_prefix is None else base_prefix
    report = {
        "python": platform.python_version(),
        "virtual_environment": "yes" if prefix != base_prefix else "no",
    }
    for name in packages:
        try:
            report[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            report[name] = "missing"
    return report
    ### END SOLUTION


# %%
@helper
def accepted_versions():
    """Return the two ways to write the running version; they differ for a preview of Python only."""
    return platform.python_version(), ".".join(str(number) for number in sys.version_info[:3])


# %%
@check
def describes_the_running_python(environment_report):
    """Without arguments the report has the three keys python, virtual_environment and numpy, with the true versions."""
    report = environment_report()
    same(sorted(report), ["numpy", "python", "virtual_environment"], what="the keys")
    same(report["numpy"], np.__version__, what="the version of NumPy")
    holds(
        report["python"] in accepted_versions(),
        f"This Python is version {accepted_versions()[1]}; the report says {report['python']!r}.",
    )
    expected = "yes" if sys.prefix != sys.base_prefix else "no"
    same(report["virtual_environment"], expected, what="the entry virtual_environment")


# %%
@check
def a_single_text_is_not_a_list_of_packages(environment_report):
    """The text "numpy" in place of a tuple of names raises TypeError."""
    raises(TypeError, environment_report, "numpy")


# %%
@hidden(weight=2)
def two_different_folders_mean_a_virtual_environment(environment_report):
    """A virtual environment is active exactly when the two folders differ."""
    for prefix, base, expected in (
        ("/usr", "/usr", "no"),
        ("/opt/course/.venv", "/usr", "yes"),
        ("/opt/python", "/opt/python", "no"),
        ("C:\\course\\.venv", "C:\\Python312", "yes"),
        ("/opt/.venv", "/opt/.venv", "no"),
        ("/srv/tools/python", "/srv/base/python", "yes"),
    ):
        report = environment_report((), prefix, base)
        what = f"virtual_environment for the folders {prefix} and {base}"
        same(report["virtual_environment"], expected, what=what)


# %%
@hidden
def one_given_folder_is_compared_with_the_running_one(environment_report):
    """A folder that is not given is taken from the running Python."""
    report = environment_report([], prefix=sys.base_prefix)
    same(report["virtual_environment"], "no", what="virtual_environment with prefix = sys.base_prefix")
    report = environment_report([], base_prefix=sys.prefix)
    same(report["virtual_environment"], "no", what="virtual_environment with base_prefix = sys.prefix")
    report = environment_report([], base_prefix=sys.prefix + "-elsewhere")
    same(report["virtual_environment"], "yes", what="virtual_environment with another base_prefix")


# %%
@hidden
def a_package_that_is_not_installed_is_missing(environment_report):
    """A package that is not installed gets the entry "missing", wherever it stands in the list."""
    report = environment_report(["surely-not-installed"])
    same(report["surely-not-installed"], "missing", what="the entry of a package that does not exist")
    report = environment_report(("no-such-thing-1", "numpy", "no-such-thing-2"))
    keys = ["no-such-thing-1", "no-such-thing-2", "numpy", "python", "virtual_environment"]
    same(sorted(report), keys, what="the keys")
    same(report["numpy"], np.__version__, what="the version of NumPy")
    same(report["no-such-thing-2"], "missing", what="the entry of a package that does not exist")


# %%
@hidden
def packages_are_named_as_pip_names_them(environment_report):
    """A package is found under its own name, even when you import it under another one."""
    names = ["numpy", "matplotlib", "python-dateutil"]
    report = environment_report(names)
    for name in names:
        same(report[name], metadata.version(name), what=f"the version of {name}")


# %%
@hidden
def the_python_version_is_three_numbers(environment_report):
    """The version of Python stands in the report alone, also when no package is asked for."""
    report = environment_report([])
    same(sorted(report), ["python", "virtual_environment"], what="the keys")
    holds(
        report["python"] in accepted_versions(),
        f"This Python is version {accepted_versions()[1]}; the report says {report['python']!r}.",
    )


# %%
@accepted
def from_the_version_record(packages=("numpy",), prefix=None, base_prefix=None):
    if type(packages) is str:
        raise TypeError("names, not one name")
    here = prefix or sys.prefix
    origin = base_prefix or sys.base_prefix
    versions = {"python": "%d.%d.%d" % sys.version_info[:3], "virtual_environment": ["yes", "no"][here == origin]}

    def look_up(name):
        try:
            return metadata.distribution(name).version
        except ImportError:
            return "missing"

    return versions | {name: look_up(name) for name in packages}


# %%
@accepted
def from_the_metadata_file(packages=("numpy",), prefix=None, base_prefix=None):
    if not isinstance(packages, (list, tuple)):
        raise TypeError("packages must be a list or a tuple")
    if prefix is None:
        prefix = sys.prefix
    if base_prefix is None:
        base_prefix = sys.base_prefix
    result = {}
    for name in packages:
        found = list(metadata.Distribution.discover(name=name))
        result[name] = found[0].metadata["Version"] if found else "missing"
    result["python"] = sys.version.split()[0]
    result["virtual_environment"] = "no" if prefix == base_prefix else "yes"
    return result


# %%
@misconception(
    caught_by="the_python_version_is_three_numbers",
    hint="sys.version is a whole sentence about the build; platform.python_version() gives the number alone.",
)
def whole_version_sentence(packages=("numpy",), prefix=None, base_prefix=None):
    if isinstance(packages, str):
        raise TypeError("packages must be a tuple or list of names")
    prefix = sys.prefix if prefix is None else prefix
    base_prefix = sys.base_prefix if base_prefix is None else base_prefix
    report = {"python": sys.version, "virtual_environment": "yes" if prefix != base_prefix else "no"}
    for name in packages:
        try:
            report[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            report[name] = "missing"
    return report


# %%
@misconception(
    caught_by="two_different_folders_mean_a_virtual_environment",
    hint="Inside a virtual environment the two folders differ: that is the case in which the answer is yes.",
)
def equal_folders_mean_yes(packages=("numpy",), prefix=None, base_prefix=None):
    if isinstance(packages, str):
        raise TypeError("packages must be a tuple or list of names")
    prefix = sys.prefix if prefix is None else prefix
    base_prefix = sys.base_prefix if base_prefix is None else base_prefix
    report = {"python": platform.python_version(), "virtual_environment": "yes" if prefix == base_prefix else "no"}
    for name in packages:
        try:
            report[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            report[name] = "missing"
    return report


# %%
@misconception(
    caught_by="two_different_folders_mean_a_virtual_environment",
    hint="The name of the folder says nothing, it may be called anything; compare prefix with base_prefix.",
)
def looks_for_venv_in_the_name(packages=("numpy",), prefix=None, base_prefix=None):
    if isinstance(packages, str):
        raise TypeError("packages must be a tuple or list of names")
    prefix = sys.prefix if prefix is None else prefix
    report = {"python": platform.python_version(), "virtual_environment": "yes" if "venv" in prefix else "no"}
    for name in packages:
        try:
            report[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            report[name] = "missing"
    return report


# %%
@misconception(
    caught_by="a_package_that_is_not_installed_is_missing",
    hint="metadata.version raises an error for an unknown package; catch it and write the word missing.",
)
def stops_at_a_missing_package(packages=("numpy",), prefix=None, base_prefix=None):
    if isinstance(packages, str):
        raise TypeError("packages must be a tuple or list of names")
    prefix = sys.prefix if prefix is None else prefix
    base_prefix = sys.base_prefix if base_prefix is None else base_prefix
    report = {"python": platform.python_version(), "virtual_environment": "yes" if prefix != base_prefix else "no"}
    for name in packages:
        report[name] = metadata.version(name)
    return report


# %%
@misconception(
    caught_by="packages_are_named_as_pip_names_them",
    hint="The name you import may differ from the name of the package: python-dateutil is imported as dateutil.",
)
def imports_the_package_to_ask_it(packages=("numpy",), prefix=None, base_prefix=None):
    from importlib.util import find_spec

    if isinstance(packages, str):
        raise TypeError("packages must be a tuple or list of names")
    prefix = sys.prefix if prefix is None else prefix
    base_prefix = sys.base_prefix if base_prefix is None else base_prefix
    report = {"python": platform.python_version(), "virtual_environment": "yes" if prefix != base_prefix else "no"}
    for name in packages:
        report[name] = metadata.version(name) if find_spec(name) else "missing"
    return report


# %%
@misconception(
    caught_by="a_single_text_is_not_a_list_of_packages",
    hint="A loop over a text runs over its letters; ask first whether packages is a text.",
)
def takes_a_text_for_a_list(packages=("numpy",), prefix=None, base_prefix=None):
    prefix = sys.prefix if prefix is None else prefix
    base_prefix = sys.base_prefix if base_prefix is None else base_prefix
    report = {"python": platform.python_version(), "virtual_environment": "yes" if prefix != base_prefix else "no"}
    for name in packages:
        try:
            report[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            report[name] = "missing"
    return report
