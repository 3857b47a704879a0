#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "nutgraf/document.h"

namespace nutgraf {

struct Document::Data {
  Data() = default;
  Data(std::string given, DocumentParts given_parts)
      : owned(std::move(given)), text(owned), parts(std::move(given_parts)) {}
  Data(std::string_view borrowed, DocumentParts given_parts)
      : text(borrowed), parts(std::move(given_parts)) {}
  Data(const Data&) = delete;
  Data& operator=(const Data&) = delete;

  std::string owned;
  std::string_view text;
  DocumentParts parts;
};

/// Makes documents of parts that are known to fit.
class DocumentBuilder {
 public:
  template <typename Text>
  static Document build(Text&& text, DocumentParts parts) {
    return Document(std::make_shared<Document::Data>(std::forward<Text>(text), std::move(parts)));
  }
};

}  // namespace nutgraf
