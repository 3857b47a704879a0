// The nutgraf program. Results go to standard output, messages to standard error; exit codes as in
// `exit_codes`.

#include <nutgraf/nutgraf.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <ranges>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "examples.h"

namespace {

enum exit_codes { success = 0, failed = 1, wrong_usage = 2 };

struct UsageError {
  std::string message;
};

constexpr std::array<std::string_view, 4> commands = {"summarize", "segment", "evaluate", "fit"};

struct Arguments {
  std::string command;
  std::vector<std::string> files;
  bool json = false, all = false, report = false, together = false;
  std::string model;    ///< a file of weights
  std::string output;   ///< where fit writes them
  std::string methods;  ///< that evaluate compares, with commas between
  nutgraf::SentenceWeights weights;
  nutgraf::SummarizeOptions summarize;
};

std::string option_spelling(std::string_view name) {
  std::string spelling = "--" + std::string(name);
  for (char& c : spelling) c = c == '_' ? '-' : c;
  return spelling;
}

void print_help(std::ostream& out) {
  out << "Finds what matters in a text.\n\n"
         "usage: nutgraf summarize [OPTION]... [FILE]...\n"
         "       nutgraf segment [--lang CODE] [--json] [FILE]...\n"
         "       nutgraf evaluate [--methods A,B,...] [OPTION]... [FILE]...\n"
         "       nutgraf fit --output WEIGHTS [OPTION]... [FILE]...\n\n"
         "With no FILE, or when FILE is -, standard input is read. Texts are UTF-8.\n"
         "Several files give several results, in their order.\n\n"
         "summarize prints the chosen sentences, one a line:\n";
  for (const auto& option : nutgraf::summarize_options()) {
    std::string left = "  " + option_spelling(option.name) + " " +
                       (option.type == "text"      ? "NAME"
                        : option.type == "list"    ? "A,B,..."
                        : option.type == "flag"    ? ""
                        : option.type == "weights" ? "A=N,..."
                        : option.type == "numbers" ? "N,N,..."
                                                   : "N");
    left.resize(30, ' ');
    out << left << option.help;
    if (!option.default_value.empty() && option.type != "flag")
      out << " (default: " << option.default_value << ")";
    out << '\n';
  }
  out << "  --report                    also what was left out, and why\n"
         "  --json                      an object with spans (byte offsets), scores and reasons\n"
         "  --all                       with --json: every sentence, not just the chosen ones\n"
         "  --together                  one summary of all files: of a story that they tell, in their order\n"
         "  --model FILE                weights that Summarizer.save wrote\n\n"
         "segment prints a sentence a line, white space folded, with a blank line between blocks:\n"
         "  --json                      an object with the spans of blocks, sentences and words, and the "
         "roles of "
         "blocks\n\n"
         "evaluate and fit read examples: JSON lines with \"text\", and \"summary\" or \"summaries\". Their\n"
         "options are those of summarize. evaluate prints a table of methods beside the first sentences, "
         "random\n"
         "choice and the best that sentences of the texts can do, and says whether the first sentences are\n"
         "enough. fit learns weights from examples, and prints how well they do on examples that they were "
         "not\n"
         "learned from, and whether to use them:\n"
         "  --methods A,B,...           what evaluate compares, in place of --method (default: ";
  for (std::size_t i = 0; i < nutgraf::compared_methods.size(); ++i)
    out << (i > 0 ? "," : "") << nutgraf::compared_methods[i];
  out << ")\n"
         "  --output FILE               where fit writes the weights, for --model\n\n"
         "  --help, --version\n\n"
         "Exit status: 0 on success, 1 when a text could not be read, 2 for a wrong call.\n";
}

Arguments parse(int argc, char** argv) {
  Arguments arguments;
  if (argc < 2) throw UsageError{"a command is missing: summarize, segment, evaluate or fit"};
  arguments.command = argv[1];
  if (std::ranges::find(commands, arguments.command) == commands.end()) {
    throw UsageError{"unknown command '" + arguments.command +
                     "'; the commands are summarize, segment, evaluate and fit"};
  }
  const bool summarizes = arguments.command == "summarize", segments = arguments.command == "segment";
  const bool evaluates = arguments.command == "evaluate", fits = arguments.command == "fit";
  // Reads the value of an option, where the argument is this one.
  const auto value_of = [&](std::string_view name, int& i, std::string& value) {
    const std::string_view argument = argv[i];
    const std::string_view given = argument.substr(0, argument.find('='));
    if (given != name) return false;
    const bool is_next = given.size() == argument.size();
    if (is_next && i + 1 >= argc) throw UsageError{std::string(name) + " wants a value"};
    value = is_next ? std::string_view(argv[++i]) : argument.substr(given.size() + 1);
    return true;
  };
  bool only_files = false;
  for (int i = 2; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (only_files || argument == "-" || !argument.starts_with('-')) {
      arguments.files.emplace_back(argument);
    } else if (argument == "--") {
      only_files = true;
    } else if (argument == "--json" && (summarizes || segments)) {
      arguments.json = true;
    } else if (argument == "--all" && summarizes) {
      arguments.all = true;
    } else if (argument == "--report" && summarizes) {
      arguments.report = true;
    } else if (argument == "--together" && summarizes) {
      arguments.together = true;
    } else if (summarizes && value_of("--model", i, arguments.model)) {
      continue;
    } else if (fits && value_of("--output", i, arguments.output)) {
      continue;
    } else if (evaluates && value_of("--methods", i, arguments.methods)) {
      continue;
    } else {
      bool known = false;
      for (const auto& option : nutgraf::summarize_options()) {
        if ((segments && option.name != "lang") || (evaluates && option.name == "method")) continue;
        const std::string spelling = option_spelling(option.name);
        std::string value = "true";
        const bool is_set = option.type == "flag" && argument == spelling;
        if (!is_set && !value_of(spelling, i, value)) continue;
        nutgraf::set_option(arguments.summarize, option.name, value);
        known = true;
        break;
      }
      if (!known) {
        throw UsageError{"unknown option '" + std::string(argument.substr(0, argument.find('='))) + "' for " +
                         arguments.command};
      }
    }
  }
  if (arguments.all && !arguments.json) throw UsageError{"--all goes with --json"};
  if (arguments.report && arguments.json) throw UsageError{"--report and --json exclude each other"};
  if (fits && arguments.output.empty()) throw UsageError{"fit wants --output, where the weights go"};
  if (arguments.files.empty()) arguments.files.emplace_back("-");
  return arguments;
}

/// \throws std::string with the system's message.
std::string read(const std::string& file) {
  if (file == "-") return {std::istreambuf_iterator<char>(std::cin), {}};
  if (std::filesystem::is_directory(file)) throw std::string(std::strerror(EISDIR));
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::string(std::strerror(errno));
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (stream.bad() || (text.empty() && stream.fail() && !stream.eof()))
    throw std::string(std::strerror(errno ? errno : EIO));
  return text;
}

void print(const Arguments& arguments, const nutgraf::Summary& summary) {
  if (arguments.json) {
    std::cout << nutgraf::to_json(summary, {.all_sentences = arguments.all});
  } else if (arguments.report) {
    std::cout << nutgraf::to_report(summary);
  } else {
    for (const auto& line : summary.lines()) std::cout << line.text << '\n';
    for (const auto note : summary.notes()) std::cerr << "nutgraf: note: " << nutgraf::name(note) << '\n';
  }
}

void print_summary(const Arguments& arguments, std::string&& text) {
  print(arguments, nutgraf::summarize(nutgraf::segment(std::move(text), {.lang = arguments.summarize.lang}),
                                      arguments.summarize));
}

/// The status to end with: a file that cannot be read makes the story incomplete, so that nothing is printed.
int print_story(const Arguments& arguments) {
  std::vector<nutgraf::Document> story;
  for (const std::string& file : arguments.files) {
    const std::string shown = file == "-" ? "standard input" : file;
    try {
      story.push_back(nutgraf::segment(read(file), {.lang = arguments.summarize.lang}));
    } catch (const std::string& message) {
      std::cerr << "nutgraf: " << shown << ": " << message << '\n';
      return failed;
    } catch (const std::exception& error) {
      std::cerr << "nutgraf: " << shown << ": " << error.what() << '\n';
      return failed;
    }
  }
  print(arguments, nutgraf::summarize_together(std::move(story), arguments.summarize));
  return success;
}

void print_segments(const Arguments& arguments, std::string&& text) {
  const nutgraf::Document document = nutgraf::segment(std::move(text), {.lang = arguments.summarize.lang});
  if (arguments.json) {
    std::cout << nutgraf::to_json(document);
    return;
  }
  for (std::int32_t s = 0; s < document.sentence_count(); ++s) {
    const bool opens_block = s == 0 || document.block_of_sentence(s) != document.block_of_sentence(s - 1);
    if (s > 0 && opens_block) std::cout << '\n';
    std::cout << nutgraf::fold_white_space(document.slice(document.sentence_spans()[s])) << '\n';
  }
}

/// On all processors; progress is shown to a person who looks on.
nutgraf::Control at_length() {
  nutgraf::Control control{.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()))};
  if (isatty(STDERR_FILENO) == 0) return control;
  control.progress = [](std::size_t done, std::size_t total) {
    std::cerr << "\rnutgraf: " << done << " of " << total << (done == total ? "\n" : "") << std::flush;
  };
  return control;
}

/// The status to end with: a file that cannot be read leaves the examples incomplete, so that nothing is
/// printed.
int run_on_examples(const Arguments& arguments) {
  std::vector<nutgraf::Example> examples;
  std::string shown;
  try {
    for (const std::string& file : arguments.files) {
      shown = (file == "-" ? "standard input" : file) + ": ";
      for (nutgraf::Example& example : nutgraf::cli::read_examples(read(file), arguments.summarize.lang))
        examples.push_back(std::move(example));
    }
    shown.clear();
    if (arguments.command == "evaluate") {
      std::vector<std::string_view> methods;
      for (const auto method : std::views::split(arguments.methods, ','))
        methods.emplace_back(method.begin(), method.end());
      if (methods.empty()) methods = {nutgraf::compared_methods.begin(), nutgraf::compared_methods.end()};
      std::cout << nutgraf::to_table(nutgraf::evaluate(examples, methods, arguments.summarize, at_length()));
      return success;
    }
    const nutgraf::Fitted fitted = nutgraf::fit(examples, arguments.summarize, at_length());
    shown = arguments.output + ": ";
    std::ofstream weights(arguments.output, std::ios::binary);
    if (!(weights << fitted.weights.to_text() << std::flush))
      throw std::string(std::strerror(errno ? errno : EIO));
    std::cout << nutgraf::to_table(fitted.report) << '\n' << fitted.advice << '\n';
    return success;
  } catch (const std::string& message) {
    std::cerr << "nutgraf: " << shown << message << '\n';
  } catch (const std::exception& error) {
    std::cerr << "nutgraf: " << shown << error.what() << '\n';
  }
  return failed;
}

/// The status to end with: `failed` where the output could not be written.
int flush_output(int status) {
  if (std::cout.flush()) return status;
  std::cerr << "nutgraf: the output could not be written\n";
  return failed;
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  if (argc >= 2) {
    for (int i = 1; i < argc && std::string_view(argv[i]) != "--"; ++i) {
      if (std::string_view(argv[i]) == "--help" || std::string_view(argv[i]) == "-h") {
        print_help(std::cout);
        return flush_output(success);
      }
      if (std::string_view(argv[i]) == "--version") {
        std::cout << "nutgraf " NUTGRAF_VERSION "\n";
        return flush_output(success);
      }
    }
  }
  Arguments arguments;
  try {
    arguments = parse(argc, argv);
    if (!arguments.model.empty()) {
      arguments.weights = nutgraf::SentenceWeights::from_text(read(arguments.model));
      arguments.summarize.weights = &arguments.weights;
    }
    nutgraf::summarize(nutgraf::Document(),
                       arguments.summarize);  // options that no text could be summarized with
    nutgraf::segment("", {.lang = arguments.summarize.lang});
  } catch (const UsageError& error) {
    std::cerr << "nutgraf: " << error.message << "\nTry 'nutgraf --help'.\n";
    return wrong_usage;
  } catch (const std::string& message) {
    std::cerr << "nutgraf: " << arguments.model << ": " << message << '\n';
    return failed;
  } catch (const nutgraf::Error& error) {
    std::cerr << "nutgraf: " << error.what() << "\nTry 'nutgraf --help'.\n";
    return wrong_usage;
  }
  if (arguments.command == "evaluate" || arguments.command == "fit")
    return flush_output(run_on_examples(arguments));
  if (arguments.together) return flush_output(print_story(arguments));
  int status = success;
  for (const std::string& file : arguments.files) {
    const std::string shown = file == "-" ? "standard input" : file;
    try {
      std::string text = read(file);
      (arguments.command == "summarize" ? print_summary : print_segments)(arguments, std::move(text));
    } catch (const std::string& message) {
      std::cerr << "nutgraf: " << shown << ": " << message << '\n';
      status = failed;
    } catch (const std::exception& error) {
      std::cerr << "nutgraf: " << shown << ": " << error.what() << '\n';
      status = failed;
    }
  }
  return flush_output(status);
}
